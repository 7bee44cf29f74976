// Every formula against automatic differentiation.

import { grad, type Tensor, tensor } from "neurite";
import { activationNames, activationOf } from "neurite/nn";
import { describe, expect, it } from "vitest";
import { LEARNED } from "../report/learned-activations.ts";
import { ACTIVATION_DERIVATIVES } from "./activation-derivatives.ts";

const { default: math } = await import("mathjs/lib/browser/math.js");

/** The value of a formula at x, where the function is f. */
function valueAt(formula: string, x: number, f: number): number {
  const sigma = (z: number) => 1 / (1 + Math.exp(-z));
  const scope = new Map<string, unknown>([
    ["x", x],
    ["f", f],
    ["t", Math.tanh(Math.log1p(Math.exp(x)))],
    ["alpha", 0.25],
    ["sigma", sigma],
    ["I", (holds: boolean) => Number(holds)],
  ]);
  return Number(math.parse(formula.replace(/\|(.*?)\|/g, "abs($1)")).evaluate(scope));
}

const OF_ROWS = ["softmax", "logSoftmax", "maxout"];

describe("derivatives as formulas", () => {
  it("are there for every activation", () => {
    const names = [...activationNames(), ...Object.keys(LEARNED)];
    expect(Object.keys(ACTIVATION_DERIVATIVES).toSorted()).toEqual(names.toSorted());
  });

  const elementwise = Object.entries(ACTIVATION_DERIVATIVES).filter(
    ([name]) => !OF_ROWS.includes(name),
  );
  it.each(elementwise)("%s: %s", (name, formula) => {
    const { apply } = LEARNED[name] ?? activationOf(name);
    for (const x of [-7.3, -3.2, -1.4, -0.6, -0.1, 0.2, 0.9, 1.7, 3.4, 6.8]) {
      const at = tensor(x, "float64") as Tensor<[]>;
      const slope = grad((z: Tensor<[]>) => apply(z) as Tensor<[]>)(at).item();
      expect(valueAt(formula, x, apply(at).item())).toBeCloseTo(slope, 4);
    }
  });

  const z = tensor([0.3, -1.2, 2.1], "float64");
  it.each([
    ["softmax", (f: number[], i: number, j: number) => f[i]! * (+(i === j) - f[j]!)],
    ["logSoftmax", (f: number[], i: number, j: number) => +(i === j) - Math.exp(f[j]!)],
  ])("%s, by its Jacobian", (name, formula) => {
    const { apply } = activationOf(name as "softmax");
    expect(ACTIVATION_DERIVATIVES[name]).toMatch(/^df_i\/dx_j = /);
    const f = [...apply(z as Tensor).data].map(Number);
    for (let i = 0; i < 3; i++) {
      const row = grad((x: Tensor) => apply(x).at(i) as Tensor<[]>)(z as Tensor);
      for (let j = 0; j < 3; j++) expect(formula(f, i, j)).toBeCloseTo(Number(row.data[j]), 10);
    }
  });
});
