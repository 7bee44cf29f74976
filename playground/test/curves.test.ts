/** The page of curves and surfaces in a real browser: by pointer, by keys and by fields, against the library. */
import { surface49 } from "neurite/books";
import { curvatureAt, descentOn, planeOfTwo } from "neurite/inspect";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  goTo,
  installed,
  type Opened,
  type Playground,
  startPlayground,
  until,
} from "./browser.testing.ts";
import { settle } from "./late.testing.ts";

/** A number as pages write it. */
const numberOf = (text: string | null | undefined) => Number((text ?? "").replaceAll("−", "-"));

describe.skipIf(!installed)("the page of curves", () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startPlayground();
  });
  afterAll(() => playground?.close());

  /** Waits until an element's text fits. */
  const says = async ({ page }: Opened, selector: string, pattern: RegExp) => {
    const read = async () => (await page.locator(selector).first().textContent()) ?? "";
    await until(async () => pattern.test(await read()), `${selector} to say ${pattern}`);
  };

  it("moves the point of an activation by keys, field and pointer", async () => {
    const opened = await playground.open("#/curves");
    const { page, faults } = opened;
    const [first, second] = [".facts.series-0", ".facts.series-1"];
    await says(opened, `${first} [data-slot=a]`, /^0\.731059$/);
    await says(opened, `${first} [data-slot=slope]`, /^0\.196612$/);
    await says(opened, `${second} [data-slot=a]`, /^0\.761594$/);
    await says(opened, first, /exactly 0 from z = −\d+ to the left and from z = 17 to the right/);
    await page.locator(".curve-plot svg").first().focus();
    await page.keyboard.press("Shift+ArrowRight");
    await says(opened, `${first} [data-slot=z]`, /^1\.5$/);
    await page.getByRole("textbox", { name: "Net input z" }).fill("-1");
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Function" }).selectOption("elu");
    await says(opened, `${first} [data-slot=a]`, /^−0\.632121$/);
    await says(opened, `${first} [data-slot=slope]`, /^0\.367879$/);
    await says(opened, first, /Differentiable everywhere/);
    await page.getByRole("slider", { name: /α/ }).focus();
    for (let i = 0; i < 50; i++) await page.keyboard.press("ArrowRight");
    // 1.5 e^-1, and a corner now.
    await says(opened, `${first} [data-slot=slope]`, /^0\.551819$/);
    await says(
      opened,
      first,
      /Not differentiable at z = 0: slope 1\.5 from the left, 1 from the right/,
    );
    const box = (await page.locator(".curve-plot svg").first().boundingBox())!;
    await page.mouse.click(box.x + 0.8 * box.width, box.y + box.height / 2);
    await until(
      async () =>
        numberOf(await page.getByRole("textbox", { name: "Net input z" }).inputValue()) > 3,
      "the pointer",
    );
    expect(faults).toEqual([]);
  });

  it("compares losses, and says what cancels", async () => {
    const opened = await playground.open("#/curves/losses");
    const { page, faults } = opened;
    await says(opened, "[data-loss=quadratic]", /^0\.125$/);
    await says(opened, "[data-loss=crossEntropy]", /^0\.69315$/);
    await page.getByRole("checkbox", { name: "MSE" }).check();
    await says(opened, "[data-loss=meanSquaredError]", /^0\.25$/);
    await page.getByRole("combobox", { name: "As a function of" }).selectOption("netInput");
    await page.getByRole("combobox", { name: "Target y" }).selectOption("0");
    // a − y at z = 2, and (a − y) a (1 − a).
    await says(opened, "[data-slope=crossEntropy]", /^0\.88080$/);
    await says(opened, "[data-slope=quadratic]", /^0\.092478$/);
    await until(async () => (await page.locator(".facts .is-marked").count()) === 3, "three marks");
    expect(faults).toEqual([]);
  });

  it("has the books' softmax, and what raising one net input does", async () => {
    const opened = await playground.open("#/curves/softmax");
    const { page, faults } = opened;
    const row = (i: number) => `.softmax-table tbody tr:nth-child(${i})`;
    await says(opened, row(1), /0\.8789.*−0\.1211/);
    await says(opened, row(3), /0\.0022.*0\.0022/);
    await page.getByRole("button", { name: "Raise z₁ by 1" }).click();
    await says(opened, row(1), /0\.9517/);
    await says(opened, row(2), /0\.0474/);
    await says(opened, row(3), /0\.0009/);
    await says(opened, ".softmax-sums", /Σ a = 1\.0000/);
    expect(faults).toEqual([]);
  });

  it("shows figure 4.9, its bend at the pointer, and ways from starts that move", async () => {
    const opened = await playground.open("#/curves/landscapes");
    const { page, faults } = opened;
    await says(opened, "[data-eigenvalues]", /^0\.1601 .*−0\.0976 /);
    await says(opened, "[data-value]", /^0\.69315$/);
    const end = async (way: string) =>
      numberOf(await page.locator(`[data-way="${way}"] td:nth-child(6)`).textContent());
    const expected = (start: readonly [number, number]) => {
      const optimizer = { name: "sgd", learningRate: 0.5 } as const;
      const options = { optimizer, start, steps: 150 };
      const path = descentOn(surface49.objective("negativeLog"), planeOfTwo(), options);
      return path.points.at(-1)!.height;
    };
    await until(async () => Math.abs((await end("sgd A")) - expected([-3, 2])) < 1e-5, "way A");
    // A start is moved by keys, and the way from it is another; a tap moves the pointer.
    await page.getByRole("button", { name: /^Start A at/ }).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    await until(async () => Math.abs((await end("sgd A")) - expected([-2, 2])) < 1e-5, "A moved");
    const box = (await page.locator(".contour-map > svg").boundingBox())!;
    await page.mouse.click(box.x + 0.7 * box.width, box.y + 0.6 * box.height);
    const pointer = async () =>
      Promise.all(
        ["w1", "w2"].map(async (name) =>
          numberOf(await page.getByRole("textbox", { name, exact: true }).inputValue()),
        ),
      );
    await until(async () => (await pointer())[0]! > 1, "the pointer");
    const { eigenvalues } = curvatureAt(surface49.objective("negativeLog"), await pointer());
    const read = async () =>
      numberOf(
        (await page.locator("[data-eigenvalues] span").first().textContent())!.split(" ")[0],
      );
    await until(async () => Math.abs((await read()) - eigenvalues[1]!) < 2e-3, "the eigenvalue");
    await page.getByRole("button", { name: /Search for critical points/ }).click();
    await says(opened, ".critical-search [role=status]", /None found in 50 searches/);
    await page.getByRole("combobox", { name: "Landscape" }).selectOption("figureSquare");
    await page.getByRole("button", { name: "As it was" }).click();
    await says(opened, "[data-eigenvalues]", /^0\.0800 .*−0\.0488 /);
    expect(faults).toEqual([]);
  });

  it("draws a formula of one's own, and says what is wrong with it", async () => {
    const opened = await playground.open("#/curves/landscapes");
    const { page, faults } = opened;
    await page.getByRole("combobox", { name: "Landscape" }).selectOption("bowl");
    await says(opened, "[data-rate]", /η = 2\/λ = 1 /);
    const field = page.getByRole("textbox", { name: "A formula of two variables" });
    await field.fill("a^2 + (b");
    await field.press("Enter");
    await says(opened, ".field-problem", /character 7.*never closed/);
    await field.fill("3*a^2 + b^2");
    await field.press("Enter");
    await says(opened, "[data-eigenvalues]", /^6 .*2\.0000 |^6\.0000 .*2\.0000 /);
    await says(opened, "[data-rate]", /0\.3333/);
    // In space it turns by keys and by buttons.
    const pixels = () =>
      page
        .locator(".surface-3d canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await settle(opened);
    const before = await pixels();
    await page.getByRole("button", { name: "Turn to the left" }).click();
    await until(async () => (await pixels()) !== before, "turning");
    expect(faults).toEqual([]);
  });

  it("brings a landscape back from its link, with pointer, starts, ways and the side it is seen from", async () => {
    const opened = await playground.open("#/curves/landscapes");
    const { page } = opened;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByLabel("Landscape", { exact: true }).selectOption("saddle");
    await page.locator(".contour-map > svg").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByRole("button", { name: "Turn to the left" }).click();
    const state = async (of: typeof page) => ({
      pointer: await of
        .locator(".point-reading input")
        .evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value)),
      landscape: await of.getByLabel("Landscape", { exact: true }).inputValue(),
      picture: await of
        .locator(".surface-3d canvas")
        .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()),
    });
    await page.waitForSelector(".way .plot-line");
    await settle(opened);
    await page.getByRole("button", { name: "Share" }).click();
    const address = page.getByRole("textbox", { name: "Address" });
    await until(async () => (await address.inputValue()).includes("s="), "a link");
    const link = await address.inputValue();
    await page.keyboard.press("Escape");
    const left = await state(page);
    const other = await playground.open("#/");
    await other.page.goto(link);
    await other.page.reload();
    await other.page.waitForSelector(".way .plot-line");
    await until(
      async () => JSON.stringify(await state(other.page)) === JSON.stringify(left),
      "the landscape as it was left",
    );
    expect([...opened.faults, ...other.faults]).toEqual([]);
  });

  it("fits on a telephone", async () => {
    const opened = await playground.open("#/curves", { width: 360, height: 780 });
    const { page } = opened;
    for (const tab of ["landscapes", "losses", "softmax"]) {
      await goTo(opened, `#/curves/${tab}`, `[aria-labelledby="curves-tab-${tab}"] table`);
      await settle(opened, 0);
      const wide = await page.evaluate(() => document.querySelector("main")!.scrollWidth);
      expect(wide).toBeLessThanOrEqual(360);
    }
  });
});
