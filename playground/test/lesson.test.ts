/** A lesson in a real browser: predicted, moved, reached, remembered, shared, by keyboard, in both languages. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run as neuron } from "../src/lessons/neuron/program.ts";
import { goTo, installed, type Playground, startPlayground, until } from "./browser.testing.ts";
import { settle } from "./late.testing.ts";
import { wear } from "./look.testing.ts";

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
    expect(link.startsWith(playground.url)).toBe(true);
    const other = await playground.open(new URL(link).hash);
    await other.page.waitForSelector(".goal-bar.is-reached");
    expect([...faults, ...other.faults]).toEqual([]);
  });

  it("says that there is no such lesson", async () => {
    const { page, faults } = await playground.open("#/lesson/nothing");
    await page.waitForSelector("h1:has-text('There is no such lesson')");
    expect(faults).toEqual([]);
  });

  it("lets the reader draw a curve, by sliders too, before it shows the computed one", async () => {
    const opened = await playground.open("#/lesson/sigmoid-tanh");
    const { page, faults } = opened;
    await page.waitForSelector(".curve-drawing svg");
    await settle(opened, 0);
    expect(await page.locator(".curve-drawing .came, .plot-line").count()).toBe(0);
    const box = (await page.locator(".curve-drawing svg").boundingBox())!;
    // The middle of the picture is z = 0; a tap puts the nearest place there.
    await page.mouse.click(box.x + box.width / 2, box.y + 0.58 * box.height);
    await page.getByText("Draw by sliders").click();
    const middle = page.getByRole("slider", { name: "at 0.0" });
    expect(Number(await middle.inputValue())).toBeGreaterThan(0.1);
    await page.getByRole("slider", { name: "at −6.0" }).focus();
    await page.keyboard.press("Home");
    expect(await page.getByRole("slider", { name: "at −6.0" }).inputValue()).toBe("0");
    await page.getByRole("button", { name: "Lock in" }).click();
    await page.waitForSelector(".curve-drawing .came");
    await page.waitForSelector(".plot-line");
    expect(faults).toEqual([]);
  });

  it("runs what takes long at the press of a button, and shows the plane", async () => {
    const { page, faults } = await playground.open("#/lesson/linear-collapse/2");
    const right = page.locator(".lesson-numbers dd").nth(1);
    await until(async () => (await right.textContent())!.startsWith("0.59"), "the first run");
    await page.getByLabel("activation of the hidden layers").selectOption("tanh");
    await page.getByRole("button", { name: "Run" }).click();
    await page.waitForSelector(".goal-bar.is-reached");
    expect(await right.textContent()).toBe("1");
    expect(faults).toEqual([]);
  });

  it("is found from the list and from the map, in both languages", async () => {
    const opened = await playground.open("#/lessons");
    const { page, faults } = opened;
    const names = { en: "Backpropagation by hand", zh: "手算反向传播" };
    for (const language of ["en", "zh"] as const) {
      await goTo(opened, "#/lessons", ".cards .card");
      await wear(opened, { language, theme: "light", width: 1280 });
      expect(await page.locator(".cards .card").count()).toBeGreaterThanOrEqual(14);
      await goTo(opened, "#/map", ".map li");
      const link = page.locator('.map a[href="#/lesson/mazur"]').first();
      await until(async () => (await link.textContent())!.includes(names[language]), "the title");
    }
    expect(faults).toEqual([]);
  });

  it("has nothing that axe finds before it is predicted and moved, in each look", async () => {
    const opened = await playground.open("#/lessons");
    for (const [language, theme, at] of [
      ["en", "light", "neuron/2"],
      ["zh", "dark", "mazur/3"],
      ["zh", "light", "gates"],
      ["en", "dark", "sigmoid-tanh"],
    ] as const) {
      await wear(opened, { language, theme, width: 1280 });
      await goTo(opened, `#/lesson/${at}`, `nav.steps a[href^="#/lesson/${at.split("/")[0]}/"]`);
      await opened.page.waitForSelector(".lesson-numbers");
      expect(await opened.axe(), at).toEqual([]);
    }
    expect(opened.faults).toEqual([]);
  });
});
