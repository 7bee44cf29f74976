import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { key, uniform } from "../../../tensor/random.ts";
import {
  algorithm41Update,
  backpropagate,
  type Cost,
  claims,
  costOf,
  errors,
  feedForward,
  largestDifference,
  randomNet,
  type SigmoidNet,
} from "./bp-equations.ts";

it.each(claims())("$name", (claim) => {
  expect(claim).toMatchObject({ holds: true });
});

interface Setting {
  readonly sizes: number[];
  readonly examples: number;
  readonly seed: number;
  readonly cost: Cost;
}

const settings = fc.record<Setting>({
  sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 6 }),
  examples: fc.integer({ min: 1, max: 7 }),
  seed: fc.nat(),
  cost: fc.constantFrom("quadratic", "crossEntropy"),
});

/** A net and a minibatch, an example in each column. */
function draw({ sizes, examples, seed }: Setting): { net: SigmoidNet; x: Tensor; y: Tensor } {
  const data = (salt: number, rows: number): Tensor =>
    uniform(key(2 ** 40 + 2 * seed + salt), [rows, examples], { dtype: "float64" });
  const outputs = sizes.at(-1)!;
  return { net: randomNet(sizes, seed), x: data(0, sizes[0]!), y: data(1, outputs) };
}

const repeatable = { seed: 20_190_724, numRuns: 100 };

describe("the equations", () => {
  it("equal autodiff for any depth, sizes, minibatch and cost", () => {
    const equal = (setting: Setting) => {
      const { net, x, y } = draw(setting);
      const auto = grad((at: SigmoidNet) => costOf(setting.cost, at, x, y))(net);
      const byHand = backpropagate(setting.cost, net, x, y);
      expect(largestDifference(byHand, auto)).toBeLessThan(1e-12);
    };
    fc.assert(fc.property(settings, equal), repeatable);
  });
  it("give a minibatch the mean of its examples' gradients", () => {
    const { net, x, y } = draw({ sizes: [3, 4, 2], examples: 2, seed: 5, cost: "quadratic" });
    const [first, second] = ["0:1", "1:2"].map((column) =>
      backpropagate("quadratic", net, x.at(":", column), y.at(":", column)),
    ) as [SigmoidNet, SigmoidNet];
    const mean = (a: Tensor, b: Tensor) => a.add(b).div(2);
    const means = {
      weights: first.weights.map((w, l) => mean(w, second.weights[l]!)),
      biases: first.biases.map((b, l) => mean(b, second.biases[l]!)),
    };
    expect(largestDifference(backpropagate("quadratic", net, x, y), means)).toBeLessThan(1e-14);
  });
  it("give every layer and example an error of its own", () => {
    const { net, x, y } = draw({ sizes: [3, 4, 2], examples: 5, seed: 6, cost: "quadratic" });
    const deltas = errors("quadratic", net, feedForward(net, x), y);
    expect(deltas.map(({ shape }) => shape)).toEqual([
      [4, 5],
      [2, 5],
    ]);
  });
});

describe("costOf", () => {
  const { net, x, y } = draw({ sizes: [3, 2], examples: 4, seed: 7, cost: "quadratic" });
  const outputs = feedForward(net, x).activations.at(-1)!;
  const sumOver = (term: (a: number, target: number) => number) =>
    Array.from(outputs.data).reduce((sum, a, i) => sum + term(a, y.data[i]!), 0);

  it("is half the mean squared distance", () => {
    const expected = sumOver((a, target) => (a - target) ** 2) / 8;
    expect(costOf("quadratic", net, x, y).item()).toBeCloseTo(expected, 14);
  });
  it("is the mean cross-entropy", () => {
    const term = (a: number, t: number) => -t * Math.log(a) - (1 - t) * Math.log(1 - a);
    expect(costOf("crossEntropy", net, x, y).item()).toBeCloseTo(sumOver(term) / 4, 14);
  });
  it("is finite where the output rounds to 0 or 1", () => {
    const saturated = { weights: net.weights.map((w) => w.mul(1e4)), biases: net.biases };
    expect(costOf("crossEntropy", saturated, x, y).item()).toBeGreaterThan(100);
    const gradient = grad((at: SigmoidNet) => costOf("crossEntropy", at, x, y))(saturated);
    expect(gradient.weights.every((dw) => dw.data.every(Number.isFinite))).toBe(true);
  });
});

describe("algorithm41Update", () => {
  const { net, x, y } = draw({ sizes: [3, 4, 2], examples: 1, seed: 8, cost: "quadratic" });

  it.each(["quadratic", "crossEntropy"] as const)("decays weights, not biases: %s", (cost) => {
    const auto = grad((at: SigmoidNet) => costOf(cost, at, x, y))(net);
    const expected = {
      weights: net.weights.map((w, l) => w.sub(auto.weights[l]!.mul(0.3)).sub(w.mul(0.3 * 0.2))),
      biases: net.biases.map((b, l) => b.sub(auto.biases[l]!.mul(0.3))),
    };
    const updated = algorithm41Update(net, x, y, { cost, learningRate: 0.3, lambda: 0.2 });
    expect(largestDifference(updated, expected)).toBeLessThan(1e-13);
  });
  it("decays nothing by default", () => {
    const plain = algorithm41Update(net, x, y, { learningRate: 0.3 });
    const zero = algorithm41Update(net, x, y, { learningRate: 0.3, lambda: 0 });
    expect(largestDifference(plain, zero)).toBe(0);
  });
});
