/** Where there is little room: formulas fold, tables scroll in their own box, the header keeps to its row. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goTo, installed, type Playground, startPlayground, until } from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

describe.skipIf(!installed)("with little room", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it("the header is one row in both languages", async () => {
    const { page } = await playground.open("#/network", { width: 1280 });
    const expectRow = async (message: string) => {
      const middles = await page
        .locator(".brand, .site-header nav a, .preferences > *")
        .evaluateAll((all) =>
          all.map((element) => {
            const { top, height } = element.getBoundingClientRect();
            return top + height / 2;
          }),
        );
      expect(middles.length, message).toBeGreaterThan(8);
      expect(Math.max(...middles) - Math.min(...middles), message).toBeLessThan(8);
    };
    await expectRow("English, 1280 px");
    await page.setViewportSize({ width: 1024, height: 900 });
    await expectRow("English, 1024 px");
    await page.locator("header button.language").click();
    await page.waitForSelector("html[lang=zh-Hans] h1");
    await expectRow("Chinese, 1024 px");
  });

  it("formulas fold instead of being cut, and a table of few rows is not cut below", async () => {
    const opened = await playground.open("#/lessons", { width: 360, height: 740 });
    const { page } = opened;
    const ids = ["xor-net", "three-ways", "softmax", "losses", "activation-rules"];
    for (const id of ids) {
      await goTo(opened, `#/lesson/${id}/1`, `nav.steps a[href^="#/lesson/${id}/"]`);
      await page.waitForSelector(".shows .formula");
      // With the numbers that come into it.
      await settle(opened, 0);
      const [over, tops] = await page
        .locator(".shows .formula")
        .evaluate(
          (element) =>
            [
              element.scrollWidth - element.clientWidth,
              [...element.querySelectorAll(".katex-html")].map(
                (part) => part.getBoundingClientRect().top,
              ),
            ] as const,
        );
      expect(over, id).toBeLessThanOrEqual(0);
      expect(new Set(tops).size, id).toBeGreaterThan(1);
    }
    await goTo(opened, "#/curves/losses", ".loss-table tbody tr:nth-child(2)");
    await settle(opened, 0);
    const hidden = await page
      .locator(".table-scroll:has(.loss-table)")
      .evaluate((element) => element.scrollHeight - element.clientHeight);
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
