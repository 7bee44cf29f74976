// Losses far out: saturated probabilities, net inputs of 1e30, and slopes at 0.

import { describe, expect, test } from "vitest";
import { grad, sigmoid, softmax, sum, type Tensor, tensor, valueAndGrad } from "../../index.ts";
import { type LossSpec, lossOf } from "./index.ts";

const f64 = (rows: readonly (readonly number[])[]): Tensor => tensor(rows, "float64") as Tensor;

const gradientOf = (spec: LossSpec, y: Tensor) =>
  grad((a: Tensor) => sum(lossOf(spec).perExample(y, a)));

describe("far out", () => {
  const scores = [-1e30, -1000, -90, -20, 0, 20, 90, 1000, 1e30];

  test.each(["crossEntropy", "binaryCrossentropy"])("%s from logits", (name) => {
    const z = tensor(scores.map((s) => [s]));
    const f = (y: number) =>
      valueAndGrad((p: Tensor) =>
        sum(lossOf({ name, fromLogits: true }).perExample(tensor(scores.map(() => [y])), p)),
      )(z);
    const [, toZero] = f(0);
    const [, toOne] = f(1);
    scores.forEach((s, i) => {
      expect(toZero.data[i]).toBe(Math.fround(sigmoidAt(s)));
      expect(toOne.data[i]).toBe(-Math.fround(sigmoidAt(-s)) + 0);
    });
    const values = lossOf({ name, fromLogits: true }).perExample(
      tensor([[1], [0]]),
      tensor([[-1000], [1000]]),
    );
    expect([...values.data]).toEqual([1000, 1000]);
  });

  test("the slope from logits at 0 is 1/2 - y", () => {
    const slope = (y: number) =>
      gradientOf({ name: "crossEntropy", fromLogits: true }, f64([[y]]))(f64([[0]]));
    expect([0, 0.25, 1].map((y) => slope(y).item())).toEqual([0.5, 0.25, -0.5]);
  });

  test.each([
    "crossEntropy",
    "binaryCrossentropy",
    "categoricalCrossentropy",
    "logLikelihood",
    "klDivergence",
  ])("%s from probabilities 0 and 1", (name) => {
    const corners = [
      [0, 1],
      [1, 0],
    ];
    for (const dtype of ["float32", "float64"] as const) {
      const y = tensor(corners, dtype);
      const right = lossOf(name).perExample(y, tensor(corners, dtype));
      expect([...right.data].map(Math.abs)).toEqual([0, 0]);
      const wrong = tensor([...corners].reverse(), dtype);
      const [value, slope] = valueAndGrad((a: Tensor) => sum(lossOf(name).perExample(y, a)))(wrong);
      expect(Number.isFinite(value.item())).toBe(true);
      expect(value.item()).toBeGreaterThan(80);
      expect([...slope.data].every(Number.isFinite)).toBe(true);
    }
  });

  test("through a saturated sigmoid or softmax nothing is NaN", () => {
    const z = tensor(scores.map((s) => [s, -s]));
    const y = tensor(scores.map(() => [1, 0]));
    const through = (name: string, f: (x: Tensor) => Tensor) =>
      grad((x: Tensor) => sum(lossOf(name).perExample(y, f(x))))(z);
    expect([...through("crossEntropy", sigmoid).data].every(Number.isFinite)).toBe(true);
    expect(
      [...through("categoricalCrossentropy", (x) => softmax(x)).data].every(Number.isFinite),
    ).toBe(true);
  });

  test.each(["categoricalCrossentropy", "logLikelihood"])("%s from logits", (name) => {
    const z = tensor([
      [1e30, -1e30, 0],
      [-1000, 1000, 0],
    ]);
    const y = tensor([
      [1, 0, 0],
      [1, 0, 0],
    ]);
    const loss = lossOf({ name, fromLogits: true });
    expect([...loss.perExample(y, z).data]).toEqual([0, 2000]);
    const slope = grad((x: Tensor) => sum(loss.perExample(y, x)))(z);
    expect([...slope.data].map((v) => v + 0)).toEqual([0, 0, 0, -1, 1, 0]);
  });

  test("huber has its curvature at 0 and its slope at 1e30", () => {
    const slope = gradientOf("huber", tensor([[0]]));
    expect(slope(tensor([[1e30]])).item()).toBe(1);
    expect(grad((a: Tensor) => sum(slope(a)))(tensor([[0]])).item()).toBe(1);
  });
});

function sigmoidAt(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}
