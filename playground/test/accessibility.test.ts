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
import { settle } from "./late.testing.ts";
import { wear } from "./look.testing.ts";

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

/** Each language with each theme, and with each width. */
const LOOKS = [
  { language: "en", theme: "light", width: 1280 },
  { language: "en", theme: "dark", width: 360 },
  { language: "zh", theme: "light", width: 360 },
  { language: "zh", theme: "dark", width: 1280 },
] as const;

/**
 * With all open that folds, and folded again: what can be reached and has no term that "what is this?" could
 * explain, and by how many pixels the page is wider than the screen.
 */
async function unfolded(opened: Opened): Promise<{ unexplained: string[]; over: number }> {
  const { page } = opened;
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details:not([open])")) {
      fold.dataset["folded"] = "";
      fold.open = true;
    }
  });
  // What opens draws what is in it.
  await settle(opened, 0);
  return await page.evaluate((known) => {
    const unexplained = [...document.querySelectorAll("header, main")]
      .flatMap((part) => [
        ...part.querySelectorAll("a, button, input, select, textarea, summary, [tabindex]"),
      ])
      .filter((element) => {
        const around = element.closest<HTMLElement>("[data-what]");
        return !known.includes(around?.dataset["what"] ?? "");
      })
      .map((element) => element.outerHTML.slice(0, 160));
    const over = document.documentElement.scrollWidth - innerWidth;
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("[data-folded]")) {
      delete fold.dataset["folded"];
      fold.open = false;
    }
    return { unexplained, over };
  }, Object.keys(terms));
}

describe.skipIf(!installed)("every page", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it("has nothing that axe finds, a term for all, and room, in every look", async () => {
    const opened = await playground.open("#/", LOOKS[0]);
    for (const [i, [hash, shown]] of PAGES.entries()) {
      await goTo(opened, hash, shown);
      // It comes in the look of the page before, so that half of them are loaded in Chinese.
      for (const look of i % 2 === 0 ? LOOKS : LOOKS.toReversed()) {
        await wear(opened, look);
        const where = `${hash}: ${look.language}, ${look.theme}, ${look.width} px`;
        expect(await opened.axe(), where).toEqual([]);
        const { unexplained, over } = await unfolded(opened);
        expect(unexplained, `${where}: without a term`).toEqual([]);
        expect(over, `${where}: wider than the screen`).toBeLessThanOrEqual(0);
      }
    }
    expect(opened.faults).toEqual([]);
  }, 600_000);
});
