/** Where there is little room: formulas fold, tables scroll in their own box, the header keeps to its row. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installed, type Playground, startPlayground, until } from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

describe.skipIf(!installed)("with little room", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it.each([
    ["en", 1024],
    ["zh", 1024],
    ["en", 1280],
  ] as const)("the header is one row: %s, %i", async (language, width) => {
    const { page } = await playground.open("#/network", { language, width });
    const middles = await page
      .locator(".brand, .site-header nav a, .preferences > *")
      .evaluateAll((all) =>
        all.map((element) => {
          const { top, height } = element.getBoundingClientRect();
          return top + height / 2;
        }),
      );
    expect(middles.length).toBeGreaterThan(8);
    expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(8);
  });

  it.each(["xor-net", "three-ways", "softmax", "losses", "activation-rules"])(
    "the formula of %s folds instead of being cut",
    async (id) => {
      const opened = await playground.open(`#/lesson/${id}/1`, { width: 360, height: 740 });
      const formula = opened.page.locator(".shows .formula");
      await formula.waitFor();
      // With the numbers that come into it.
      await settle(opened, 0);
      const [over, tops] = await formula.evaluate(
        (element) =>
          [
            element.scrollWidth - element.clientWidth,
            [...element.querySelectorAll(".katex-html")].map(
              (part) => part.getBoundingClientRect().top,
            ),
          ] as const,
      );
      expect(over).toBeLessThanOrEqual(0);
      expect(new Set(tops).size).toBeGreaterThan(1);
    },
  );

  it("a table of few rows that is always open is not cut below", async () => {
    const opened = await playground.open("#/curves/losses", { width: 360, height: 740 });
    const box = opened.page.locator(".table-scroll:has(.loss-table)");
    await until(async () => (await box.locator("tbody tr").count()) > 1, "the losses");
    await settle(opened, 0);
    const hidden = await box.evaluate((element) => element.scrollHeight - element.clientHeight);
    expect(hidden).toBeLessThanOrEqual(0);
  });

  it("a table that is too wide scrolls by keys in its own box, which shows that there is more", async () => {
    const opened = await playground.open("#/lesson/notation/3", { width: 360, height: 740 });
    const { page } = opened;
    const box = page.locator(".lesson-table");
    await box.waitFor();
    await settle(opened, 0);
    const [hidden, pictures] = await box.evaluate((element) => [
      element.scrollWidth - element.clientWidth,
      getComputedStyle(element).backgroundImage.split("linear-gradient").length - 1,
    ]);
    expect(hidden).toBeGreaterThan(0);
    expect(pictures).toBe(4);
    await box.focus();
    await page.keyboard.press("ArrowRight");
    await until(async () => (await box.evaluate((element) => element.scrollLeft)) > 0, "a scroll");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  });
});
