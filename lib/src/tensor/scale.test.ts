// Norms and deviations of zeros, and of numbers whose squares their type cannot hold.

import { describe, expect, test } from "vitest";
import { compile, grad, logSumExp, norm, std, type Tensor, tensor, variance } from "../index.ts";

const inf = Number.POSITIVE_INFINITY;
const list = (x: Tensor): number[] => Array.from(x.data);
const total = (f: (x: Tensor) => Tensor) => (x: Tensor) => f(x).sum() as Tensor;

/** Gradients and second derivatives (of the gradient's sum), eager and compiled. */
function slopes(f: (x: Tensor) => Tensor, x: Tensor): number[][] {
  const first = grad(total(f));
  const second = grad(total(first as (x: Tensor) => Tensor));
  return [first, compile(first), second, compile(second)].map((g) => list(g(x) as Tensor));
}

describe.each(["float32", "float64"] as const)("%s", (dtype) => {
  const of = (...x: number[]) => tensor(x, dtype);

  test.each<[string, (x: Tensor) => Tensor]>([
    ["norm", (x) => norm(x)],
    ["norm of order 1", (x) => norm(x, 1)],
    ["std", (x) => std(x)],
    ["variance", (x) => variance(x.mul(x))],
  ])("%s of zeros is flat", (_, f) => {
    for (const slope of slopes(f, of(0, 0, 0))) expect(slope).toEqual([0, 0, 0]);
  });

  test("std of equal numbers, of one, and where some rows are equal", () => {
    for (const slope of slopes(std, of(1, 1, 1))) expect(slope).toEqual([0, 0, 0]);
    for (const slope of slopes(std, of(5))) expect(slope).toEqual([0]);
    const rows = tensor(
      [
        [2, 2],
        [1, 3],
      ],
      dtype,
    );
    const [eager, compiled, ...second] = slopes((x) => std(x, 1), rows);
    expect(eager).toEqual([0, 0, -0.5, 0.5]);
    expect(compiled).toEqual(eager);
    expect(second.flat().every(Number.isFinite)).toBe(true);
  });

  test("norms of rows, some of them zero, and rows divided by theirs", () => {
    const rows = tensor(
      [
        [0, 0],
        [3, -4],
      ],
      dtype,
    );
    expect(norm(rows, 2, 1).toArray()).toEqual([0, 5]);
    expect(norm(rows, 1, -1, true).toArray()).toEqual([[0], [7]]);
    const [eager, compiled, ...second] = slopes((x) => norm(x, 2, 1), rows);
    expect(eager!.slice(0, 2)).toEqual([0, 0]);
    expect(eager![2]).toBeCloseTo(0.6, 6);
    expect(eager![3]).toBeCloseTo(-0.8, 6);
    expect(compiled).toEqual(eager);
    expect(second.flat().every(Number.isFinite)).toBe(true);
    const unit = (x: Tensor) => x.div(norm(x, 2, 1, true).maximum(1e-12));
    expect(slopes(unit, rows).flat().every(Number.isFinite)).toBe(true);
  });

  test("away from zero the slopes are x / norm and (x - mean) / (n std)", () => {
    expect(slopes(norm, of(3, 4))[0]!.map((x) => x.toFixed(6))).toEqual(["0.600000", "0.800000"]);
    expect(slopes(std, of(1, 3))[0]).toEqual([-0.5, 0.5]);
    const nan = slopes(norm, of(Number.NaN, 1))[0]!;
    expect(nan).toEqual([Number.NaN, Number.NaN]);
  });

  test("numbers whose squares overflow or vanish", () => {
    const sizes = dtype === "float32" ? [1e20, 1e38, 1e-23, 1e-38] : [1e160, 1e300, 1e-170, 1e-300];
    for (const size of sizes) {
      for (const f of [norm, compile(norm as (x: Tensor) => Tensor)]) {
        expect(f(of(1.5 * size, 2 * size)).item() / size).toBeCloseTo(2.5, 5);
      }
      expect(std(of(size, 3 * size, size, 3 * size)).item() / size).toBeCloseTo(1, 5);
      const [slope] = slopes(norm, of(1.5 * size, -2 * size));
      expect(slope![0]).toBeCloseTo(0.6, 5);
      expect(slope![1]).toBeCloseTo(-0.8, 5);
    }
    expect(
      std(
        tensor(
          [
            [1, 3],
            [1e-30, 3e-30],
            [1e30, 3e30],
          ],
          dtype,
        ),
        1,
      ).toArray(),
    ).toHaveLength(3);
    expect(norm(of(inf, 1)).item()).toBe(inf);
    expect(norm(of(Number.NaN, 1)).item()).toBeNaN();
  });

  test("ordinary numbers keep the bits of sqrt(sum(x^2))", () => {
    const x = of(0.1, -2.7, 1e4, 3e-5);
    expect(norm(x).item()).toBe(x.square().sum().sqrt().item());
    expect(std(x).item()).toBe(variance(x).sqrt().item());
  });

  test("logSumExp of what has vanished is -Infinity, and flat", () => {
    expect(logSumExp(of(-inf, -inf)).item()).toBe(-inf);
    for (const slope of slopes((x) => logSumExp(x), of(-inf, -inf))) expect(slope).toEqual([0, 0]);
    expect(logSumExp(of(-inf, 1)).item()).toBe(1);
    expect(slopes((x) => logSumExp(x), of(-inf, 1))[0]).toEqual([0, 1]);
  });
});

test("norm refuses whole numbers", () => {
  expect(() => norm(tensor([3, 4], "int32"))).toThrow("norm: expected float32 or float64");
});
