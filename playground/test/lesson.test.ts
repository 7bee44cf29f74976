/** A lesson in a real browser: predicted, moved, reached, remembered, shared, by keyboard, in both languages. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run as neuron } from "../src/lessons/neuron/program.ts";
import { installed, type Playground, startPlayground, until } from "./browser.testing.ts";

describe.skipIf(!installed)("a lesson", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it("shows no number before the prediction is locked in, and remembers it", async () => {
    const { page, faults } = await playground.open("#/lesson/neuron");
    const values = page.locator(".lesson-numbers dd");
    await until(async () => (await values.count()) === 4, "the numbers");
    expect(await values.allTextContents()).toEqual(["?", "?", "?", "?"]);
    expect(await page.getByRole("slider", { name: "w₁" }).isDisabled()).toBe(true);
    const lock = page.getByRole("button", { name: "Lock in" });
    expect(await lock.isDisabled()).toBe(true);
    await page.getByLabel("below one half").check();
    await lock.click();
    await page.waitForSelector("text=Not so.");
    const { numbers } = neuron({ x1: 1, x2: 2, w1: 0.5, w2: -0.25, b: 0.1 });
    expect((await values.allTextContents())[3]).toBe(numbers.a.toPrecision(5));
    await page.reload();
    await page.waitForSelector("text=Not so.");
    expect(await page.getByLabel("below one half").isChecked()).toBe(true);
    expect(faults).toEqual([]);
  });

  it("goes on by keys, notices that a goal is reached, and shares what was set", async () => {
    const { page, faults } = await playground.open("#/lesson/neuron/2");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const bias = page.getByRole("textbox", { name: "b", exact: true });
    await bias.fill("0");
    await bias.press("Enter");
    await page.waitForSelector(".goal-bar.is-reached");
    await page.getByRole("link", { name: "Step 2, done" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("h2:has-text('Step 3 of 3')");
    await bias.fill("ln 3");
    await bias.press("Enter");
    await bias.fill("1.0986");
    await bias.press("Enter");
    await page.waitForSelector(".goal-bar.is-reached");
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.waitForSelector("text=The link to this step is copied.");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toMatch(/#\/lesson\/neuron\/3\?b=1\.0986$/);
    await page.locator(".lesson-code summary").click();
    const code = await page.locator(".lesson-code code").textContent();
    expect(code).toContain('import { tensor } from "neurite";');
    expect(code).toContain("run({ x1: 1, x2: 2, w1: 0.5, w2: -0.25, b: 1.0986 })");
    const opened = await playground.browser.newPage();
    await opened.goto(link);
    await opened.waitForSelector(".goal-bar.is-reached");
    expect(faults).toEqual([]);
  });

  it("says that there is no such lesson", async () => {
    const { page, faults } = await playground.open("#/lesson/nothing");
    await page.waitForSelector("h1:has-text('There is no such lesson')");
    expect(faults).toEqual([]);
  });

  it.each([
    ["en", "light", "neuron/2"],
    ["zh", "dark", "mazur/3"],
    ["zh", "light", "mazur"],
    ["en", "dark", "neuron"],
  ] as const)("has nothing that axe finds, %s, %s, %s", async (language, theme, at) => {
    const opened = await playground.open(`#/lesson/${at}`, { language, theme });
    await opened.page.waitForSelector(".lesson-numbers");
    expect(await opened.axe()).toEqual([]);
    expect(opened.faults).toEqual([]);
  });
});
