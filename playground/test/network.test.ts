/** The network page in a real browser: what it shows is what the library computes, by pointer and by keys. */
import { xor } from "neurite/data";
import { equationsOf } from "neurite/inspect";
import { fitData, modelOf } from "neurite/train";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLink } from "../src/codec/index.ts";
import { QUADRANTS, type Settings, VIEW, XOR } from "../src/state/index.ts";
import { formatFixed, formatNumber } from "../src/text/numbers.ts";
import {
  installed,
  type Opened,
  type OpenOptions,
  type Playground,
  startPlayground,
  until,
} from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

describe.skipIf(!installed)("the network page", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  const open = async (options: OpenOptions = {}, query = "") => {
    const opened = await playground.open(`#/network${query}`, options);
    await opened.page.waitForSelector(".net-chip:not(:empty)");
    return opened;
  };
  const chips = ({ page }: Opened) => page.locator(".net-chip").allTextContents();
  const lossOf = ({ page }: Opened) => page.locator(".score-loss").first().textContent();

  it.each(["en", "zh"] as const)(
    "has marks of the run beside the step on a phone, in a bar as high as without them: %s",
    async (language) => {
      const opened = await open({ width: 360, height: 740, language });
      const { page, faults } = opened;
      await settle(opened);
      const height = async () => (await page.locator(".network-bar").boundingBox())!.height;
      const before = await height();
      expect(await page.locator(".timeline-marks").count()).toBe(0);
      // A step, and another rate from there on.
      await page.locator("h1").click();
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() =>
        /1/.test(document.querySelector(".timeline output")!.textContent!),
      );
      const rate = page.locator(".network-training input[inputmode=decimal]").first();
      await rate.fill("0.7");
      await rate.press("Enter");
      await page.waitForSelector(".timeline-marks button");
      expect(await height()).toBe(before);
      const room = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(room).toBeLessThanOrEqual(0);
      expect(faults).toEqual([]);
    },
  );

  it("starts with exclusive or and two hidden units, and the library's numbers", async () => {
    const opened = await open();
    const model = modelOf(XOR.run);
    const { train } = fitData(xor(), model.network, XOR.run);
    const { loss } = await model.evaluate(train.x, train.y);
    await until(async () => (await lossOf(opened)) === formatNumber(loss), "the loss");
    const biases = ["dense1", "dense2"].flatMap((name) => [...model.layer(name)["b"]!.data]);
    expect(await chips(opened)).toEqual(["", "", ...biases.map((b) => formatFixed(b))]);

    // One unit, written out for the second example: x w + b = z, f(z) = a.
    await opened.page.locator('[data-unit="dense1/1"]').click();
    await opened.page.getByRole("textbox", { name: "Example, of 4" }).fill("2");
    await opened.page.keyboard.press("Enter");
    const row = { dtype: "float32", shape: [1, 2], data: train.x.data.slice(2, 4) } as never;
    const y = { ...train.y, shape: [1, 1], data: train.y.data.slice(1, 2) } as never;
    const [hidden] = equationsOf(model, row, y);
    const sum = opened.page.locator(".written-sum");
    const z = formatNumber(hidden!.z.data[1]);
    await until(async () => ((await sum.first().textContent()) ?? "").endsWith(` = ${z}`), "z");
    expect(await sum.last().textContent()).toBe(`tanh(${z}) = ${formatNumber(hidden!.a.data[1])}`);
    expect(opened.faults).toEqual([]);
  });

  it("changes a weight while it trains, and everything that depends on it", async () => {
    const opened = await open();
    const { page } = opened;
    await page.locator('[data-unit="dense1/0"]').click();
    const state = async () => ({
      loss: await lossOf(opened),
      sum: await page.locator(".written-sum").first().textContent(),
      map: await page
        .locator('[data-map="dense2/0"]')
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()),
      region: await page
        .locator(".region-frame canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()),
    });
    await page.waitForSelector(".written-sum");
    await settle(opened);
    const before = await state();
    const field = page.locator('.unit-card [data-field="b"] input');
    await field.fill("2,5");
    await page.keyboard.press("Enter");
    await until(async () => (await chips(opened))[2] === "2.50", "the bias");
    await settle(opened);
    const after = await state();
    for (const name of ["loss", "sum", "map", "region"] as const) {
      expect(after[name], name).not.toBe(before[name]);
    }
    // Two taps before the worker has answered the first are two steps.
    const more = page.getByRole("button", { name: "Bias of unit 1: more" });
    await more.evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await until(async () => (await chips(opened))[2] === "2.70", "two steps");
    await page.getByRole("button", { name: "Play" }).click();
    await more.click();
    await page.getByRole("button", { name: "Pause" }).click();

    // What was done by hand is marked on the timeline, and one goes back to it there.
    const mark = page.getByRole("button", {
      name: "set by hand: Hidden 1: Bias of unit 1, step 0",
    });
    await mark.click();
    await until(
      async () =>
        ((await page.locator(".timeline output").textContent()) ?? "").startsWith("step 0 of"),
      "back at the mark",
    );
    expect(opened.faults).toEqual([]);
  });

  it("is used by keys alone: from unit to unit, to a weight, step by op and back", async () => {
    const opened = await open();
    const { page } = opened;
    await page.locator('[data-unit="input1/0"]').focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-unit"))).toBe(
      "dense1/1",
    );
    await page.keyboard.press("w");
    const label = () =>
      page.evaluate(() => (document.activeElement as HTMLInputElement).labels?.[0]?.textContent);
    await until(async () => (await label()) === "Weight from x1 to unit 2", "the weight");
    const value = await page.evaluate(() => (document.activeElement as HTMLInputElement).value);
    await page.keyboard.press("ArrowUp");
    await until(
      async () =>
        (await page.evaluate(() => (document.activeElement as HTMLInputElement).value)) !== value,
      "a larger weight",
    );
    await page.getByLabel("A step is").selectOption("op");
    await page.locator("h1").click();
    const current = () => page.locator(".walk-table .is-current th").textContent();
    for (const name of ["net input of Hidden 1", "activation of Hidden 1"]) {
      await page.keyboard.press("ArrowRight");
      await until(async () => (await current().catch(() => "")) === name, name);
    }
    await page.keyboard.press("ArrowLeft");
    await until(async () => (await current()) === "net input of Hidden 1", "one op back");
    expect(await page.locator(".walk-table td:last-child").last().textContent()).toBe("–");
    expect(opened.faults).toEqual([]);
  });

  it("shows the plane as heights, as a hidden layer sees it, and one unit's map", async () => {
    const opened = await open({ language: "zh" });
    const { page } = opened;
    await page.getByLabel("显示方式").selectOption("heights");
    await page.locator(".surface-view canvas").focus();
    const picture = () =>
      page
        .locator(".surface-view canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await settle(opened);
    const before = await picture();
    await page.keyboard.press("ArrowLeft");
    await until(async () => (await picture()) !== before, "another side");
    await page.getByLabel("显示方式").selectOption("space");
    await page.waitForSelector(".warped-line");
    await until(
      async () => (await page.locator(".warped-space .points path").count()) === 4,
      "the examples",
    );
    await page.getByLabel("显示方式").selectOption("map");
    await page.getByLabel("显示", { exact: true }).selectOption("dense1/0");
    await page.locator(".region-frame").focus();
    await page.keyboard.press("ArrowLeft");
    await until(
      async () =>
        /−?0\.\d+$/.test((await page.locator(".region-map .reading").textContent()) ?? ""),
      "a reading",
    );
    expect(opened.faults).toEqual([]);
  });

  it("shows the map of a unit large while it is pointed at, and says what colours mean", async () => {
    const opened = await open();
    const { page } = opened;
    const shown = page.getByLabel("Shown", { exact: true });
    const picture = () =>
      page
        .locator(".region-frame canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const caption = async () => (await page.locator(".map-caption").textContent()) ?? "";
    await settle(opened);
    const output = await picture();
    expect(await caption()).toBe("x1 −0.05 to 1.05, x2 −0.05 to 1.0501");
    await page.locator('[data-unit="dense1/0"]').hover();
    await until(async () => (await shown.inputValue()) === "dense1/0", "the unit's name");
    await until(async () => (await picture()) !== output, "the unit's map");
    await until(async () => (await caption()).endsWith("−11"), "the unit's scale");
    expect(await page.locator(".region-frame").getAttribute("aria-label")).toMatch(
      /^Hidden 1 · unit 1 on the plane/,
    );
    await page.locator("h1").hover();
    await until(async () => (await picture()) === output, "the output again");
    expect(await shown.inputValue()).toBe("output");

    // By keys too; and two units of one layer are two maps, though nothing trains.
    await page.locator('[data-unit="dense1/1"]').focus();
    await until(async () => (await shown.inputValue()) === "dense1/1", "the unit with the focus");
    // The name comes at once, its map with the worker's answer.
    await until(async () => (await picture()) !== output, "the map of the unit with the focus");
    const second = await picture();
    await page.locator("h1").click();
    await shown.selectOption("dense1/0");
    await until(async () => ![second, output].includes(await picture()), "the pinned unit");
    await shown.selectOption("dense1/1");
    await until(async () => (await picture()) === second, "the other unit of the layer");
    expect(opened.faults).toEqual([]);
  });

  it("pauses where numbers are no longer finite, and mends it", async () => {
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 4, activation: "relu" },
      { kind: "dense", units: 1 },
    ] as const;
    const run: Settings["run"] = {
      ...QUADRANTS.run,
      model: { layers },
      loss: "meanSquaredError",
      metrics: [],
      optimizer: { name: "sgd", learningRate: 30 },
    };
    const link = await makeLink({ settings: { ...QUADRANTS, run }, view: VIEW });
    const opened = await open({}, `?s=${link}`);
    const { page } = opened;
    await page.getByRole("button", { name: "Play" }).click();
    const note = page.locator(".stop-note");
    await until(async () => /in step \d+ the op/.test((await note.textContent()) ?? ""), "a stop");
    // The op in words, with its own name at a tap.
    const op = note.getByRole("button");
    const [word, name] = [await op.textContent(), await op.getAttribute("title")];
    expect(word).not.toBe(name);
    await op.click();
    expect(await op.textContent()).toBe(`${word} ${name}`);
    await page.getByRole("button", { name: /^first number that is not finite/ }).waitFor();
    await page.getByRole("button", { name: "Try: a tenth of the learning rate" }).click();
    await until(async () => !(await page.getByRole("alert").isVisible()), "another training");
    await until(async () => Number(await lossOf(opened)) < 1000, "a finite loss");
    await page.getByRole("button", { name: "One step on" }).click();
    expect(opened.faults).toEqual([]);
  });
});
