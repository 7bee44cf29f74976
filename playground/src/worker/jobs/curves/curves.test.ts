/** The jobs of curves, against closed forms and the books. */
import { describe, expect, it } from "vitest";
import type { JobName, Jobs } from "../../../protocol/index.ts";
import { runJob } from "../index.ts";

const ask = <K extends JobName>(name: K, asks: Jobs[K]["asks"]) => runJob(name, asks, null);
const logistic = (z: number) => 1 / (1 + Math.exp(-z));
const window = { from: -8, to: 8, count: 401 };

describe("activation", () => {
  const marksOf = async (name: string, options = {}) =>
    (await ask("activation", { of: { name, options }, z: window, marks: true })).marks!;

  it("gives values and slopes where it is asked", async () => {
    const { a, slope } = await ask("activation", { of: { name: "sigmoid" }, z: [0, 2] });
    expect(a).toEqual([0.5, expect.closeTo(logistic(2), 14)]);
    expect(slope).toEqual([0.25, expect.closeTo(logistic(2) * logistic(-2), 14)]);
  });

  it("has the slopes at -1 of ReLU's relatives", async () => {
    const at = async (name: string) => {
      const { a, slope } = await ask("activation", { of: { name }, z: [-1] });
      return [a[0], slope[0]].map((x) => Number(x!.toFixed(4)));
    };
    expect(await at("relu")).toEqual([0, 0]);
    expect(await at("leakyRelu")).toEqual([-0.01, 0.01]);
    expect(await at("elu")).toEqual([-0.6321, 0.3679]);
    expect(await at("softplus")).toEqual([0.3133, 0.2689]);
  });

  it("finds corners and jumps, and none where there is none", async () => {
    const corners = async (name: string, options = {}) =>
      (await marksOf(name, options)).kinks.map(({ z, kind, left, right }) => [
        z,
        kind,
        left,
        right,
      ]);
    expect(await corners("relu")).toEqual([[0, "corner", 0, 1]]);
    expect(await corners("step")).toEqual([[0, "jump", 0, 1]]);
    const third = expect.closeTo(1 / 6, 6);
    expect(await corners("hardSigmoid")).toEqual([
      [-3, "corner", 0, third],
      [3, "corner", third, 0],
    ]);
    expect(await corners("hardSigmoid", { slope: 0.25 })).toHaveLength(2);
    expect(await corners("elu", { alpha: 2 })).toEqual([[0, "corner", 2, 1]]);
    const smooth = ["sigmoid", "tanh", "elu", "softplus", "gelu", "silu", "mish", "sin", "linear"];
    for (const name of smooth) expect(await corners(name)).toEqual([]);
    expect((await marksOf("relu")).kinks[0]!.taken).toBe(0);
  });

  it("marks saturation: |f'| < 0.01 up to the edge", async () => {
    const { saturated, flat } = await marksOf("sigmoid");
    expect(flat).toBe(0.01);
    expect(saturated[0]![0]).toBe(-8);
    // s (1 - s) = 0.01 at |z| = 4.585.
    expect(saturated[0]![1]).toBeCloseTo(-4.585, 1);
    expect(saturated[1]).toEqual([expect.closeTo(4.6, 1), 8]);
    expect((await marksOf("relu")).saturated).toEqual([[-8, 0]]);
    expect((await marksOf("step")).saturated).toEqual([[-8, 8]]);
    expect((await marksOf("sin")).saturated).toEqual([]);
    expect((await marksOf("leakyRelu", { alpha: 0.1 })).saturated).toEqual([]);
  });

  it("says from where on float32 gives exactly 0", async () => {
    const { zeroLeft, zeroRight } = await marksOf("sigmoid");
    expect(zeroRight).toBe(17);
    expect(zeroLeft).toBeLessThan(-80);
    expect((await marksOf("relu")).zeroLeft).toBe(0);
    expect((await marksOf("relu")).zeroRight).toBeNull();
  });

  it("builds maxout of lines", async () => {
    const of = { name: "maxout", options: { pieces: 3 } };
    const { a, slope, pieces, marks } = await ask("activation", { of, z: window, marks: true });
    expect(pieces).toHaveLength(3);
    expect(a).toEqual(a.map((_, i) => Math.max(...pieces.map((line) => line[i]!))));
    expect(new Set(slope.map((x) => x.toFixed(4))).size).toBe(3);
    expect(marks!.kinks).toHaveLength(2);
  });
});

describe("loss", () => {
  it("has the three numbers of y = 1, a = 1/2", async () => {
    const at = async (name: string) =>
      (await ask("loss", { of: { name }, y: 1, x: [0.5] })).loss[0];
    expect(await at("quadratic")).toBe(0.125);
    expect(await at("meanSquaredError")).toBe(0.25);
    expect(await at("binaryCrossentropy")).toBeCloseTo(Math.LN2, 14);
  });

  it("cancels the sigmoid's slope under cross-entropy, and not under the square", async () => {
    const x = [-3, 0.5, 2];
    for (const y of [0, 1]) {
      const cross = await ask("loss", { of: { name: "crossEntropy" }, y, x, isNetInput: true });
      const square = await ask("loss", { of: { name: "quadratic" }, y, x, isNetInput: true });
      x.forEach((z, i) => {
        const a = logistic(z);
        const { byOutput, ofSigmoid } = cross.sigmoid!;
        expect(cross.slope[i]).toBeCloseTo(a - y, 12);
        expect(byOutput[i]! * ofSigmoid[i]!).toBeCloseTo(a - y, 12);
        expect(square.slope[i]).toBeCloseTo((a - y) * a * (1 - a), 12);
      });
    }
  });

  it("loses the slope in float32 by way of the output alone", async () => {
    const asks = { of: { name: "crossEntropy" }, y: 0, x: [20], isNetInput: true };
    const { direct, byWay } = (await ask("loss", asks)).sigmoid!.float32;
    expect(direct[0]).toBe(1);
    expect(byWay[0]).toBeCloseTo(0, 20);
  });
});

describe("softmax", () => {
  it("has the books' numbers, and the gradient a - y", async () => {
    const round = (all: readonly number[]) => all.map((x) => Number(x.toFixed(4)));
    const before = await ask("softmax", { z: [3, 1, -3], target: 0 });
    expect(round(before.a)).toEqual([0.8789, 0.1189, 0.0022]);
    expect(round(before.gradient)).toEqual([-0.1211, 0.1189, 0.0022]);
    expect(before.loss).toBeCloseTo(0.1291, 4);
    expect(before.sum).toBeCloseTo(1, 14);
    expect(before.sigmoidOfFirst).toBeCloseTo(logistic(2), 14);
    expect(before.jacobian[0]![1]).toBeCloseTo(-before.a[0]! * before.a[1]!, 14);
    const after = await ask("softmax", { z: [4, 1, -3], target: 0 });
    expect(round(after.a)).toEqual([0.9517, 0.0474, 0.0009]);
  });
});

describe("differences", () => {
  it("err least between curve and rounding", async () => {
    const { exact, rows, bestCentral, bestForward, input } = await ask("differences", {
      text: "exp(x)",
      at: 1,
    });
    expect(exact).toBe(Math.E);
    expect(input).toBe("x");
    expect(rows).toHaveLength(61);
    expect(bestCentral).toBeGreaterThan(1e-7);
    expect(bestCentral).toBeLessThan(1e-3);
    expect(bestForward).toBeLessThan(bestCentral!);
  });

  it("say what is wrong with a formula", async () => {
    await expect(ask("differences", { text: "exp(x", at: 1 })).rejects.toMatchObject({
      problem: { code: "expression", data: { at: 3 } },
    });
    await expect(ask("differences", { text: "x*y", at: 1 })).rejects.toMatchObject({
      problem: { code: "formulaShape", data: { names: ["x", "y"] } },
    });
  });
});
