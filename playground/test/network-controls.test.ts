/** The controls of the network page in a real browser: examples, layers, training, runs and races, by keys too. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PRESET_GROUPS, withOptimizer, XOR } from "../src/state/index.ts";
import { formatNumber } from "../src/text/numbers.ts";
import { race } from "../src/worker/jobs/race.ts";
import { metricsOf } from "../src/worker/run/judgement.ts";
import { startRun } from "../src/worker/run/live-run.ts";
import { installed, type Playground, startPlayground, until } from "./browser.testing.ts";

describe.skipIf(!installed)("the controls of the network page", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  const openNetwork = async (options: Parameters<Playground["open"]>[1] = {}) => {
    const opened = await playground.open("#/network", options);
    await opened.page.waitForSelector(".data-panel .split .hint");
    return opened;
  };

  it("draws points of one's own by pointer and keys, edits them in a table, and takes a table in", async () => {
    const { page, faults } = await openNetwork();
    await page.getByLabel("Examples", { exact: false }).first().selectOption("points");
    const counts = page.locator(".split .hint");
    await until(async () => (await counts.textContent())!.startsWith("2 to learn"), "own points");
    const pad = page.locator(".point-pad");
    await pad.click({ position: { x: 20, y: 20 } });
    await page.waitForSelector("text=5 points");
    await pad.focus();
    await page.keyboard.press("0");
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=6 points");
    await page.keyboard.press("Delete");
    await page.waitForSelector("text=5 points");
    await page.keyboard.press("Control+z");
    await page.waitForSelector("text=6 points");
    await page.locator(".own-data summary", { hasText: "The 6 points as a table" }).click();
    const cell = page.getByLabel("x1 of point 6", { exact: true });
    await cell.fill("2,5");
    await cell.press("Enter");
    await until(async () => (await cell.inputValue()) === "2.5", "an edited point");
    await page.locator(".own-data summary", { hasText: "From a table" }).click();
    const rows = Array.from({ length: 20 }, (_, i) => `${i / 10};${1 - i / 10};${"abc"[i % 3]}`);
    await page.getByLabel("Or paste it here").fill(["länge;breite;art", ...rows].join("\n"));
    await page.getByRole("button", { name: "Use these columns" }).click();
    await page.waitForSelector("text=20 examples are in use. Classes: 0 = a, 1 = b, 2 = c.");
    await page.waitForSelector("text=2 → 2 → 3");
    await until(
      async () => (await counts.textContent()) === "10 to learn from, 10 to test with.",
      "a split",
    );
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the examples as CSV" }).click();
    expect((await download).suggestedFilename()).toBe("neurite-data.csv");
    expect(faults).toEqual([]);
  });

  it("says where a formula cannot be read, in the language of the page, and keeps the last one", async () => {
    const { page, faults } = await openNetwork({ language: "zh" });
    await page.getByLabel("样本").first().selectOption("formula");
    const field = page.getByLabel("y =");
    await field.fill("step(x1 +* x2)");
    await field.press("Enter");
    const problem = page.locator(".formula-data .field-problem");
    await until(async () => /第 10 个字符/.test((await problem.textContent())!), "a problem");
    await field.fill("step(x1 + 2*x2)");
    await field.press("Enter");
    await until(async () => (await problem.textContent()) === "", "no problem");
    const own = page.getByLabel("自己写一个特征");
    await own.fill("sin(2*x1)");
    await own.press("Enter");
    await page.waitForSelector("text=特征：网络有 3 个输入");
    await page.waitForSelector("text=3 → 2 → 1");
    expect(faults).toEqual([]);
  });

  it("shows the loss of the settings that it says, formulas with their numbers, and conflicts", async () => {
    const { page, faults } = await openNetwork();
    const { spiral } = PRESET_GROUPS.playground;
    await page.getByLabel("Begin with").selectOption("spiral");
    await page.waitForSelector("text=4 → 8 → 8 → 1");
    const wanted = formatNumber((await metricsOf(await startRun(spiral))).trainLoss);
    await page.waitForSelector(`td:has-text("${wanted}")`);
    const card = page.locator(".training-card", { hasText: "Optimizer and learning rate" });
    const rate = card.getByRole("textbox", { name: /^Learning rate/ });
    await rate.fill("0.04");
    await rate.press("Enter");
    await until(
      async () => (await card.locator('[data-slot="rate"]').first().textContent()) === "0.04",
      "a live number in the formula",
    );
    await rate.fill("2");
    await rate.press("Enter");
    await card.locator(".conflict", { hasText: "2 is more than most weights are" }).waitFor();
    expect(await page.locator(".effect-mark").count()).toBeGreaterThan(10);
    expect(faults).toEqual([]);
  });

  it("keeps runs, restores one with its weights and its curve, compares two", async () => {
    const { page, faults } = await openNetwork();
    const keep = page.getByRole("button", { name: "Keep this run" });
    const step = page.getByRole("button", { name: "One step on" });
    for (let i = 0; i < 5; i++) await step.click();
    await page.waitForSelector("text=step 5 of 5");
    const loss = () => page.locator(".score-loss").first().textContent();
    const live = await startRun(XOR);
    await live.timeline.advance(5);
    const wanted = formatNumber((await metricsOf(live)).trainLoss);
    await until(async () => (await loss()) === wanted, "the loss of the library");
    await keep.click();
    await page.waitForSelector(".kept-run canvas");
    await page.locator(".training-card").getByLabel("Optimizer").first().selectOption("adam");
    for (let i = 0; i < 3; i++) await step.click();
    await page.waitForSelector("text=step 8 of 8");
    await keep.click();
    await page.waitForSelector('[aria-label="Restore: Run 2"]');
    expect(await page.locator(".differences").textContent()).toMatch(/Optimizer: Adam/);
    await page.getByLabel("Compare: Run 1").check();
    await page.getByLabel("Compare: Run 2").check();
    await page.waitForSelector("text=Two runs compared");
    await page.getByRole("button", { name: "Restore: Run 1" }).click();
    await until(async () => (await loss()) === wanted, "the loss of the kept run");
    await page.waitForSelector("text=step 5 of 5");

    await page.reload();
    await page.waitForSelector('[aria-label="Restore: Run 2"]');
    await page.getByRole("button", { name: "Restore: Run 1" }).click();
    await until(async () => (await loss()) === wanted, "the kept run after a reload");
    expect(faults).toEqual([]);
  });

  it("races settings on the same examples, with the numbers of the library", async () => {
    const { page, faults } = await openNetwork();
    const section = page.locator(".race");
    const epochs = section.getByRole("textbox", { name: "Epochs" });
    await epochs.fill("20");
    await epochs.press("Enter");
    await section.getByRole("button", { name: "Start the race" }).click();
    const curves = section.locator(".plot-line");
    await until(async () => (await curves.count()) === 6, "a curve for each of six runners");
    await section.getByRole("button", { name: "Start the race" }).waitFor();
    const adam = { ...XOR, run: withOptimizer(XOR.run, "adam") };
    const [runner] = await race({ runners: [adam], epochs: [20] }, null);
    const line = section.locator(".figures tbody tr", { hasText: "Adam" });
    expect(await line.locator("td").first().textContent()).toBe(
      formatNumber(runner!.rows[0]!.trainLoss),
    );
    expect(faults).toEqual([]);
  });

  it.each([
    ["en", "light", 1280],
    ["zh", "dark", 360],
  ] as const)(
    "has nothing that axe finds with everything open, %s, %s, %i px",
    async (language, theme, width) => {
      const opened = await openNetwork({ language, theme, width });
      const { page } = opened;
      await page.locator(".data-panel select").nth(1).selectOption("points");
      await page.waitForSelector(".point-pad");
      await page.locator('[data-unit="dense2/0"]').click();
      await page.locator(".inside summary").click();
      await page.waitForSelector(".flow-table");
      for (const part of [".controls", ".weight-table", ".scores"])
        for (const summary of await page.locator(`${part} summary`).all()) await summary.click();
      await page.locator(".training-card").nth(3).locator("select").first().selectOption("l2");
      await page.locator(".shelf-panel button.primary").click();
      await page.waitForSelector(".kept-run");
      expect(await opened.axe()).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide).toBeLessThanOrEqual(0);
      expect(opened.faults).toEqual([]);
    },
  );
});
