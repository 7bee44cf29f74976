/** Every function of `neurite/inspect` gives in a real browser what it gives under Node. */
import { expect, it } from "vitest";
import { bundle } from "./bundle.ts";
import { findChromium } from "./chromium.ts";
import { FUNCTIONS, type Looks, looks } from "./looks.ts";
import { serve } from "./server.ts";
import { sharedBrowser } from "./shared-browser.ts";

const installed = await findChromium();

async function looksInBrowser(): Promise<Looks> {
  const files = await bundle({ page: "test/browser/looks-page.ts" });
  const [site, browser] = await Promise.all([serve(files, { isolated: false }), sharedBrowser()]);
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    await page.waitForFunction(() => globalThis.neuriteLooks !== undefined);
    return await page.evaluate(() => globalThis.neuriteLooks());
  } finally {
    await page.close();
    site.close();
  }
}

it("calls all functions that there are, and each gives numbers", async () => {
  const here = await looks();
  expect(FUNCTIONS.filter((name) => !(name in here))).toEqual([]);
  const empty = Object.entries(here).filter(([, numbers]) => numbers.length === 0);
  expect(empty.map(([name]) => name)).toEqual([]);
});

it.skipIf(!installed)("gives the same numbers there", { timeout: 60_000 }, async () => {
  const [here, there] = await Promise.all([looks(), looksInBrowser()]);
  expect(Object.keys(there)).toEqual(Object.keys(here));
  // Not to the bit: a browser may round multiply-adds once.
  const rounded = (found: Looks) =>
    Object.fromEntries(
      Object.entries(found).map(([name, all]) => [
        name,
        all.map((x) => (Number.isFinite(x) ? expect.closeTo(x, 3) : x)),
      ]),
    );
  expect(there).toEqual(rounded(here));
});
