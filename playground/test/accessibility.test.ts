/** Every page in both languages and both themes: axe finds nothing, all is explained, nothing is wider than the screen. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { terms } from "../src/text/en/terms.ts";
import {
  goTo,
  installed,
  type Opened,
  type Playground,
  startPlayground,
} from "./browser.testing.ts";

/** Hashes with what is there once they are drawn. */
const PAGES: readonly (readonly [hash: string, shown: string])[] = [
  ["#/", ".region-map"],
  ["#/lessons", ".cards .card"],
  ["#/lesson/computation-graph", ".lesson-graph svg .graph-node"],
  ["#/lesson/loss-surface/3", ".lesson-surface .contour-map .level"],
  ["#/network", ".net-chip:not(:empty)"],
  ["#/backprop", ".graph-view .graph-node"],
  ["#/curves", "[aria-labelledby=curves-tab-activations] .plot-line"],
  ["#/curves/losses", "[aria-labelledby=curves-tab-losses] .plot-line"],
  ["#/curves/softmax", "[aria-labelledby=curves-tab-softmax] table"],
  ["#/curves/differences", "[aria-labelledby=curves-tab-differences] .plot-line"],
  ["#/curves/landscapes", ".contour-map .level"],
  ["#/map", ".map summary"],
  ["#/nothing", "main h1"],
];

/** What can be reached and has no term that "what is this?" could explain, everything that folds being open. */
async function unexplained({ page }: Opened): Promise<string[]> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details"))
      fold.open = true;
  });
  // What opens draws what is in it.
  await page.waitForTimeout(200);
  return await page.evaluate(
    (known) =>
      [...document.querySelectorAll("header, main")]
        .flatMap((part) => [
          ...part.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]"),
        ])
        .filter((element) => {
          const around = element.closest<HTMLElement>("[data-what]");
          return !known.includes(around?.dataset["what"] ?? "");
        })
        .map((element) => element.outerHTML.slice(0, 160)),
    Object.keys(terms),
  );
}

describe.skipIf(!installed)("every page", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it.each([
    ["en", "light", 1280],
    ["en", "dark", 360],
    ["zh", "light", 360],
    ["zh", "dark", 1280],
  ] as const)(
    "has nothing that axe finds: %s, %s, %i px",
    async (language, theme, width) => {
      const opened = await playground.open("#/", { language, theme, width });
      for (const [hash, shown] of PAGES) {
        await goTo(opened, hash, shown);
        expect(await opened.axe(), hash).toEqual([]);
        expect(await unexplained(opened), `${hash}: without a term`).toEqual([]);
        const over = await opened.page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(over, `${hash} is wider than the screen`).toBeLessThanOrEqual(0);
      }
      expect(opened.faults).toEqual([]);
    },
    120_000,
  );
});
