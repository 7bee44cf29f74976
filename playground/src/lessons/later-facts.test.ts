/** Numbers that the later lessons state in their words: of the books, in closed form, or measured and held. */
import { describe, expect, it } from "vitest";
import { run as losses } from "./losses/program.ts";
import { run as saturated } from "./saturated-neuron/program.ts";
import { run as softmax } from "./softmax/program.ts";
import { run as slowly } from "./what-learns-slowly/program.ts";

const rounded = (values: readonly (number | string)[], digits: number) =>
  values.map((value) => Number(Number(value).toFixed(digits)));

describe("what later lessons say", () => {
  it("of losses: 0.125, 0.25, 0.6931; slopes -0.99 and -100; 0.145 twice", () => {
    const { tables, numbers } = losses({ loss: "quadratic", y: 1, a: 0.5 });
    expect(
      rounded(
        tables.all.map(([value]) => value!),
        4,
      ),
    ).toEqual([0.125, 0.25, Number(Math.LN2.toFixed(4))]);
    expect(numbers.pairQuadratic).toBeCloseTo(0.145, 12);
    expect(numbers.pairMean).toBeCloseTo(0.145, 12);
    const wrong = losses({ loss: "crossEntropy", y: 1, a: 0.01 });
    expect(wrong.tables.all[0]![1]).toBeCloseTo(-0.99, 9);
    expect(wrong.numbers.slope).toBeCloseTo(-100, 4);
    expect(losses({ loss: "crossEntropy", y: 0, a: 0.1 }).numbers.value).toBeCloseTo(0.1054, 4);
  });

  it("of a saturated neuron: 0.203 against 0.0120, 0.094 against 0.0116, 56.6 times", () => {
    const far = saturated({ w: 2, b: 2, rate: 0.15, epochs: 300 });
    expect(rounded([far.numbers.first], 2)).toEqual([0.98]);
    expect(far.numbers.quadratic).toBeCloseTo(0.203, 3);
    expect(far.numbers.crossEntropy).toBeCloseTo(0.012, 4);
    expect(far.numbers.factor).toBeCloseTo(56.6, 1);
    // What the words call flat.
    expect(far.curves.quadraticCurve.y[150]).toBeGreaterThan(0.9);
    const near = saturated({ w: 0.6, b: 0.9, rate: 0.15, epochs: 300 }).numbers;
    expect(near.quadratic).toBeCloseTo(0.094, 3);
    expect(near.crossEntropy).toBeCloseTo(0.0116, 4);
  });

  it("of softmax: shares, what is sent back, and σ", () => {
    const { tables, numbers } = softmax({ z1: 3, z2: 1, z3: -3 });
    const column = (i: number) =>
      rounded(
        tables.units.map((row) => row[i]!),
        4,
      );
    expect(column(1)).toEqual([0.8789, 0.1189, 0.0022]);
    expect(column(2)).toEqual([0.9517, 0.0474, 0.0009]);
    expect(column(3)).toEqual([-0.1211, 0.1189, 0.0022]);
    expect(column(4)).toEqual(column(3));
    expect(numbers.loss).toBeCloseTo(0.1291, 4);
    expect(tables.units[1]![2]! / tables.units[1]![1]!).toBeCloseTo(0.398, 3);
    expect(numbers.two).toBeCloseTo(numbers.sigma, 14);
    expect(numbers.a1in32).toBeLessThan(1);
    expect(softmax({ z1: 40, z2: 1, z3: -3 }).numbers.a1in32).toBe(1);
  });

  it("of what learns slowly: the large weight, and that without input", () => {
    const { tables } = slowly({ w: 1.5, x: 1, b: 0 });
    expect(rounded(tables.two[0]!, 5)).toEqual([1.5, 0.14915, 0.12194]);
    expect(rounded(tables.two[1]!, 5)).toEqual([4, 0.01766, 0.01735]);
    expect(Math.abs(slowly({ w: 1.5, x: 0, b: 0 }).numbers.gradient)).toBe(0);
    const best = slowly({ w: 4, x: 1, b: Math.log(2) - 4 }).numbers;
    expect(best.gradient).toBeCloseTo(4 / 27, 12);
    expect(best.gradient).toBeCloseTo(best.byRule, 14);
  });
});
