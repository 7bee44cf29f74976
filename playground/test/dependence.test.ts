/** No number is made up: one is changed, and every number on the page that depends on it changes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installed, type Opened, type Playground, startPlayground } from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

/** What holds numbers that say where or what, not how much: names, axes, captions, choices. */
const NAMES =
  "label, th, caption, legend, summary, button, option, h2, h3, .axes, .hint, .visually-hidden, .note, .legend";

/** Every number that is shown in a part of the page, by its place; pictures by their pixels and lines. */
async function shown({ page }: Opened, parts: string, except: string) {
  return await page.evaluate(
    ([within, without]) => {
      const found: Record<string, string> = {};
      const placeOf = (element: Element): string => {
        const parent = element.closest("main") === element ? null : element.parentElement;
        if (!parent) return "";
        const kind = element.getAttribute("class")?.split(" ")[0] ?? element.tagName.toLowerCase();
        return `${placeOf(parent)} ${kind}:${[...parent.children].indexOf(element)}`;
      };
      const put = (element: Element, value: string | null) => {
        if (!element.closest(without!) && element.checkVisibility())
          found[placeOf(element)] = value ?? "";
      };
      for (const part of document.querySelectorAll(within!)) {
        for (const element of [part, ...part.querySelectorAll("*")]) {
          if (element instanceof HTMLCanvasElement) put(element, element.toDataURL());
          else if (element instanceof HTMLInputElement) {
            if (element.type !== "checkbox" && element.type !== "range")
              put(element, element.value);
          } else if (element.matches(".plot-line")) put(element, element.getAttribute("d"));
          else if ([...element.childNodes].some((n) => n.nodeType === 3 && /\d/.test(n.nodeValue!)))
            put(element, element.textContent);
        }
      }
      return found;
    },
    [parts, except] as const,
  );
}

const openAll = async ({ page }: Opened) =>
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>("main details"))
      fold.open = true;
  });

/** The places whose number stays when something is done; there are at least so many places. */
async function stayingAfter(
  opened: Opened,
  [parts, without]: readonly [string, string],
  least: number,
  change: () => Promise<void>,
) {
  const except = `${NAMES}, ${without}`;
  await settle(opened);
  const before = await shown(opened, parts, except);
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(least);
  await change();
  await settle(opened);
  const after = await shown(opened, parts, except);
  return Object.entries(before)
    .filter(([place, value]) => after[place] === value)
    .map(([place, value]) => `${place} = ${value.slice(0, 60)}`);
}

describe.skipIf(!installed)("every number that depends on one that is changed", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  it("changes with a weight, on the network page", async () => {
    const opened = await playground.open("#/network");
    const { page } = opened;
    await page.waitForSelector(".net-chip:not(:empty)");
    await openAll(opened);
    await page.waitForSelector(".flow-table");
    for (let i = 0; i < 3; i++) await page.keyboard.press("Shift+ArrowRight");
    await page.waitForSelector("text=step 3 of 3");
    // The output unit, at the example (1, 1), in the middle of its walk by ops: all depends on the first weight.
    await page.getByLabel("A step is").selectOption("example");
    for (let i = 0; i < 4; i++) await page.getByRole("button", { name: "One step on" }).click();
    await page.locator('[data-unit="dense2/0"]').click();
    const example = page.getByRole("textbox", { name: "Example, of 4" });
    await example.fill("4");
    await example.press("Enter");
    await openAll(opened);
    const weight = page.locator(".weight-table");
    await weight.getByLabel("Layer").selectOption({ index: 0 });
    const field = weight.getByRole("textbox", { name: "Weight from x1 to unit 1" });
    await field.waitFor();
    const parts = ".network-net, .network-output, .network-curves";
    const independent = [
      // Settings, and what they are written with.
      ".controls, .formula, .net-controls .number-field, .stop-fields, .plane-controls",
      // Where one stands, what the example is, where the window of the map ends and what its colours mean.
      ".pace, .shown-example, .reading, .map-caption, .region-map td:nth-child(-n+2)",
      // Other weights and biases, their chips, and what the inputs themselves look like.
      ".weight-table tr:nth-child(n+2), .weight-table td:nth-child(n+3), .net-chip, .unit-card input",
      ".net-column:nth-child(1) canvas, .net-column:nth-child(2) [data-unit$='/1'] canvas",
      "[data-unit^='input'] canvas, [data-unit='dense1/1'] canvas",
      // What comes from the other hidden unit: its activation, and that times its weight.
      ".unit-card tbody tr:nth-child(2) td:is(:nth-child(2), :nth-child(4)), .net-column-name",
      // The activation function, and the steps of its axis.
      ".unit-card .plot td, .unit-card .plot .plot-line, .plot td:first-child",
      // What was before the last step.
      ".network-curves .plot tbody tr:not(:last-child)",
      // The row of the bias, whose input is 1; what counts whole examples.
      ".unit-card tbody tr:last-child, .scores tr:nth-child(n+2), .confusion, .flow-table td:nth-child(n + 3)",
    ].join(", ");
    const staying = await stayingAfter(opened, [parts, independent], 20, async () => {
      await field.fill("-1.75");
      await field.press("Enter");
    });
    expect(staying).toEqual([]);
    expect(opened.faults).toEqual([]);
  });

  it("changes with an input of the expression, on the page of backpropagation", async () => {
    const opened = await playground.open("#/backprop");
    const { page } = opened;
    await page.waitForSelector(".graph-view .graph-node");
    await page.locator(".walk-bar").getByRole("button", { name: "To the end" }).click();
    const inputs = page.locator(".inputs-panel");
    // At w = 0, b = 0 many derivatives are the same number.
    for (const [name, value] of Object.entries({ w: "0.5", b: "0.3", x: "2" })) {
      const field = inputs.getByRole("textbox", { name, exact: true });
      await field.fill(value);
      await field.press("Enter");
    }
    const staying = await stayingAfter(
      opened,
      [".graph-view, .op-list, .op-panel", ".graph-node, .op-name, code, .graph-legend"],
      10,
      async () => {
        const field = inputs.getByRole("textbox", { name: "w", exact: true });
        await field.fill("0.75");
        await field.press("Enter");
      },
    );
    // The other inputs, the constants and the seed of the reverse pass stay, and names of values.
    expect(staying.filter((place) => !/ = (2|0\.3|1|h1)$/.test(place))).toEqual([]);
    expect(opened.faults).toEqual([]);
  });

  it("changes with a weight, in a lesson", async () => {
    const opened = await playground.open("#/lesson/neuron/2");
    const { page } = opened;
    await page.waitForSelector(".lesson-net");
    await openAll(opened);
    // The other product, other weights, the bias, and the inputs.
    const others =
      ".lesson-control, .input, .small.weight, .unit .small:last-child, .sizing, .lesson-numbers > :nth-child(2), .lesson-net td:is(:first-child, :nth-child(5)), tr:nth-child(-n+2)";
    const staying = await stayingAfter(opened, [".shows", others], 6, async () => {
      const field = page.getByRole("textbox", { name: "w₁", exact: true });
      await field.fill("0.9");
      await field.press("Enter");
    });
    expect(staying).toEqual([]);
    expect(opened.faults).toEqual([]);
  });
});
