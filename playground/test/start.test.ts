/** The start page in a real browser: it trains, steps, goes back, and says it in both languages. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installed, type Playground, startPlayground, until } from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

describe.skipIf(!installed)("the start page", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  const stepOf = async (opened: Awaited<ReturnType<Playground["open"]>>) => {
    const text = await opened.page.locator(".timeline output").textContent();
    return Number(/step (\d+)/.exec(text ?? "")?.[1] ?? -1);
  };

  it("trains in the worker, steps, and goes back", async () => {
    const opened = await playground.open();
    const { page, faults } = opened;
    await page.getByRole("button", { name: "Play" }).click();
    await until(async () => (await stepOf(opened)) > 5, "training");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.waitForSelector("text=Play");
    const weights = () => page.locator(".tiny-net .weight").allTextContents();
    // Frames that were on the way come after the pause.
    await settle(opened);
    const step = await stepOf(opened);
    const before = await weights();
    expect(before.every((text) => /^−?\d+\.\d\d$/.test(text))).toBe(true);
    await page.getByRole("button", { name: "One step on" }).click();
    await until(async () => (await stepOf(opened)) === step + 1, "a step");
    for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
    await settle(opened);
    expect(await stepOf(opened)).toBe(step + 21);
    expect(await weights()).not.toEqual(before);
    await page.locator(".timeline input").evaluate((range: HTMLInputElement, at) => {
      range.value = String(at);
      range.dispatchEvent(new Event("input", { bubbles: true }));
    }, step);
    await settle(opened);
    expect(await stepOf(opened)).toBe(step);
    expect(await weights()).toEqual(before);
    expect(faults).toEqual([]);
  });

  it("changes the language, and explains what has the focus", async () => {
    const { page, faults } = await playground.open();
    await page.getByRole("button", { name: "中文" }).click();
    await page.waitForSelector("h1:has-text('看见网络如何思考')");
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-Hans");
    await page.getByRole("slider", { name: "时间轴" }).focus();
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog");
    await until(() => dialog.isVisible(), "the dialog");
    expect(await dialog.textContent()).toMatch(/时间轴.*timeline/);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "这是什么？" }).click();
    await page.locator(".region-frame").click();
    await until(async () => /决策区域/.test((await dialog.textContent()) ?? ""), "another term");
    expect(faults).toEqual([]);
  });
});
