/** The backpropagation page in a real browser: a graph walked by buttons, keys and slider, beside the library's numbers. */
import { EXPRESSION_PRESETS, explainExpression } from "neurite/inspect/expression";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeLink } from "../src/codec/index.ts";
import { type Settings, XOR } from "../src/state/index.ts";
import {
  installed,
  type Opened,
  type Playground,
  startPlayground,
  until,
} from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

describe.skipIf(!installed)("the backpropagation page", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  async function opened(options: Parameters<Playground["open"]>[1] = {}) {
    const found = await playground.open("#/backprop", options);
    await found.page.waitForSelector(".graph-label");
    return found;
  }

  const choose = async ({ page }: Opened, name: string, part: string) => {
    await page.locator(".source-panel select").selectOption(name);
    await until(
      async () => ((await page.locator(".written textarea").inputValue()) ?? "").includes(part),
      name,
    );
  };
  const labels = ({ page }: Opened, kind: "value" | "derivative") =>
    page.locator(`.graph-${kind}`).allTextContents();
  const placeIn = async ({ page }: Opened) =>
    Number((await page.locator(".walk-slider output").textContent())!.split("/")[0]);

  it("walks through figure 4.8 by button, key and slider, a dash where there is no derivative yet", async () => {
    const found = await opened();
    const { page, faults } = found;
    await page.getByRole("button", { name: "Next op" }).click();
    await page.locator("h1").click();
    for (const key of ["n", "ArrowRight", "PageDown", "n", "n"]) await page.keyboard.press(key);
    await until(async () => (await placeIn(found)) === 6, "six values");
    expect((await page.locator(".op-value").textContent())!).toBe("h6 = 1/h5 = 0.5");
    const derivatives = await labels(found, "derivative");
    expect(derivatives.filter((text) => text !== "")).toEqual(
      derivatives.filter((text) => text !== "").map(() => "–"),
    );
    await page.keyboard.press("End");
    await until(async () => (await placeIn(found)) === 13, "the end");
    const { jacobian } = explainExpression(
      EXPRESSION_PRESETS.fig48.text,
      EXPRESSION_PRESETS.fig48.at,
    );
    expect(jacobian.values[0]).toEqual([0.25, 0, 0.25]);
    // w, x and b, then h1 to h6 and f.
    expect((await labels(found, "derivative")).filter((text) => text !== "")).toEqual([
      "0.25",
      "0",
      "0.25",
      "0.25",
      "0.25",
      "−0.25",
      "−0.25",
      "−0.25",
      "1",
    ]);
    for (const key of ["p", "ArrowLeft", "PageUp"]) await page.keyboard.press(key);
    await until(async () => (await placeIn(found)) === 10, "back");
    await page.getByRole("slider", { name: "Place in the walk" }).fill("8");
    await until(async () => (await placeIn(found)) === 8, "the slider");
    expect(await page.locator(".op-panel .formula").getAttribute("aria-label")).toBe(
      "1 times −0.25 is −0.25",
    );
    await page.locator(".op-list button").nth(2).click();
    await until(async () => (await placeIn(found)) === 11, "the list of ops");
    await page.keyboard.press("Home");
    await page.getByLabel("Derivatives").selectOption("forward w");
    await page.locator("h1").click();
    await page.keyboard.press("End");
    await until(async () => (await labels(found, "derivative")).at(-1) === "0.25", "forward mode");
    expect(faults).toEqual([]);
  });

  it("lets all numbers follow when an input changes, and says where a formula is wrong", async () => {
    const found = await opened({ language: "zh" });
    const { page, faults } = found;
    await page.locator("h1").click();
    await page.keyboard.press("End");
    const field = page.locator(".inputs-panel").getByLabel("b", { exact: true });
    await field.fill("1");
    await field.press("Enter");
    const { at, text } = EXPRESSION_PRESETS.fig48;
    const { computation } = explainExpression(text, { ...at, b: 1 });
    const wanted = computation.outputs[0]!.value;
    await until(
      async () => Math.abs(Number((await labels(found, "value")).at(-1)) - wanted) < 5e-5,
      `the value ${wanted}`,
    );

    await page.locator(".written textarea").fill("x*x + 2y");
    await page.waitForSelector(".source-problem");
    expect(await page.locator(".source-problem").textContent()).toMatch(/第 8 个字符.*2\*y/);
    expect((await page.locator(".source-caret").textContent())!.split("\n")[1]).toBe("       ▲");
    await page.locator(".written textarea").fill("x*x + x");
    await page.waitForSelector(".source-problem", { state: "detached" });
    await until(async () => (await labels(found, "value")).length === 5, "the new graph");
    const x = page.locator(".inputs-panel").getByLabel("x", { exact: true });
    await x.fill("3");
    await x.press("Enter");
    await page.locator("h1").click();
    await page.keyboard.press("End");
    await until(
      async () => (await page.locator(".graph-sum").allTextContents()).join() === "Σ 7",
      "the sum where paths meet",
    );
    expect(faults).toEqual([]);
  });

  it("shows Mazur's network: the equations that act, both schemes, both modes, the check", async () => {
    const found = await opened();
    const { page, faults } = found;
    await choose(found, "mazur", "out_o2");
    await until(async () => (await page.locator(".equations li").count()) === 4, "the equations");
    await page.locator("h1").click();
    await page.keyboard.press("End");
    await page.waitForSelector(".equations li.is-lit:has-text('BP4')");
    for (const summary of await page.locator("details.fold summary").all()) await summary.click();
    const beside = page.locator(".beside");
    const says = async (text: string) =>
      await until(async () => ((await beside.textContent()) ?? "").includes(text), text);
    for (const text of ["0.298371109", "0.291027774", "0.291027924", "23,860", "0.0821670406"]) {
      await says(text);
    }
    await says("diag f′(z)");
    // What has no layers has no matrices of layers, nor those of the graph before.
    await choose(found, "fig48", "exp");
    await until(async () => (await page.locator(".matrix").count()) === 1, "one matrix");
    expect(faults).toEqual([]);
  });

  it("unfolds the current network, with z, a and delta of the library's record", async () => {
    const found = await opened();
    const { page, faults } = found;
    await choose(found, "network", "z2_1");
    await page.waitForSelector(".layer-numbers td:has-text('tanh')");
    const example = page.getByRole("textbox", { name: /Training example/ });
    await example.fill("3");
    await example.press("Enter");
    await page.locator("h1").click();
    await page.keyboard.press("End");
    // Numbers of the third example, in the graph and in the table.
    await settle(found);
    expect((await labels(found, "derivative")).every((text) => /^–?$/.test(text))).toBe(false);
    const row = page.locator(".layer-numbers tbody tr").last();
    const [, , z] = await row.locator("td").allTextContents();
    const op = page.locator(".op-list button", { hasText: "z2_1 =" });
    const value = /value ([−\d.e]+)/.exec((await op.textContent()) ?? "")![1]!;
    const number = (text: string) => Number(text.replace("−", "-"));
    expect(number(value)).toBeCloseTo(number(z!), 3);
    expect(faults).toEqual([]);
  });

  it("records the program line by line, lights what belongs together, and decides by a value", async () => {
    const found = await opened();
    const { page, faults } = found;
    await page.waitForSelector(".recorded li");
    await page.getByRole("button", { name: "One line on" }).click();
    await until(async () => (await page.locator(".recorded li").count()) === 2, "a line more");
    const graph = page.getByRole("listbox", { name: "Graph" });
    await graph.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
    await page.waitForSelector(".is-kernels .stage-lines > .is-lit");
    await page.waitForSelector(".is-wasm .stage-lines > .is-lit");
    await page.getByRole("button", { name: "Measure both here" }).click();
    await page.waitForSelector(".times p:has-text('µs a call')");
    await page.getByLabel("Program", { exact: true }).selectOption("step");
    await page.waitForSelector("text=18 nodes become 2 kernels");
    await page.locator(".is-kernels [role=option]", { hasText: "kernel 1" }).hover();
    await page.waitForSelector(".is-memory .is-lit");
    const panel = page.locator(".branch-panel");
    await panel.getByText("x·x > 1").waitFor();
    await panel.getByLabel("x", { exact: true }).fill("0.5");
    await panel.getByLabel("x", { exact: true }).press("Enter");
    await page.waitForSelector(".branch-panel :text('x·x ≤ 1')");
    expect(await panel.textContent()).toContain("f = 0.75, f′ = −1");
    expect(faults).toEqual([]);
  });

  it("has the graph before what explains it on a phone, and what is moved in one sight with it", async () => {
    const found = await opened({ width: 360, height: 740 });
    const { page, faults } = found;
    await settle(found);
    const boxOf = async (part: string) => (await page.locator(part).boundingBox())!;
    const parts = [
      ".source-panel select",
      ".walk-buttons",
      ".graph-frame",
      ".op-panel",
      ".inputs-panel",
      ".walk-mode",
      ".op-list",
      ".backprop-more",
      ".program-panel",
    ];
    const tops: number[] = [];
    for (const part of parts) tops.push((await boxOf(part)).y);
    expect(tops).toEqual([...tops].sort((a, b) => a - b));
    // Focus goes in the same order: nothing is moved by the style sheet alone.
    const isInOrder = await page.evaluate((selectors) => {
      const found = selectors.map((selector) => document.querySelector(selector)!);
      return found.every(
        (element, i) => i === 0 || found[i - 1]!.compareDocumentPosition(element) & 4,
      );
    }, parts);
    expect(isInOrder).toBe(true);
    // Below the buttons, which stay: from the top of the graph to the last field.
    const [fields, graph, buttons] = await page.locator(".inputs-grid").evaluate(
      (grid, others) => {
        grid.scrollIntoView({ block: "nearest" });
        const elements = [grid, ...others.map((other) => document.querySelector(other)!)];
        return elements.map((element) => element.getBoundingClientRect().toJSON() as DOMRect);
      },
      [".graph-frame", ".walk-buttons"],
    );
    expect(fields!.y + fields!.height - graph!.y).toBeLessThanOrEqual(740 - buttons!.height);
    expect(faults).toEqual([]);
  });

  it("unfolds a network with batch normalization, for a minibatch that is named", async () => {
    const layers = [
      { kind: "input", shape: [2] },
      { kind: "dense", units: 2, activation: "linear" },
      { kind: "batchNormalization" },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ];
    const settings = { ...XOR, run: { ...XOR.run, model: { layers } } } as Settings;
    const found = await playground.open(`#/backprop?s=${await makeLink({ settings })}`);
    const { page, faults } = found;
    await page.locator(".source-panel select").selectOption("network");
    await page.waitForSelector(".source-panel :text('minibatch, examples 1, 2')");
    await page.waitForSelector(".graph-frame svg");
    expect(await page.locator(".written textarea").inputValue()).toContain("C = (C_a + C_b)/2");
    await page.locator("h1").click();
    await page.keyboard.press("End");
    await until(async () => (await labels(found, "derivative")).includes("1"), "derivatives");
    expect(await page.locator(".equations-panel").count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it.each([
    ["en", "light", 1280, "paths", "x*x"],
    ["zh", "dark", 360, "neuron", "sigmoid(z)"],
  ] as const)(
    "has nothing that axe finds, %s, %s, %i px",
    async (language, theme, width, name, part) => {
      const found = await opened({ language, theme, width });
      await found.page.waitForSelector(".stage-view");
      await choose(found, name, part);
      for (const summary of await found.page.locator("details.fold summary").all())
        await summary.click();
      await found.page.waitForSelector(".matrix");
      expect(await found.axe()).toEqual([]);
      const room = await found.page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
      expect(room).toBeLessThanOrEqual(0);
      expect(found.faults).toEqual([]);
    },
  );
});
