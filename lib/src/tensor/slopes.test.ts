// Gradients of the functions that are composed of primitives, against differences and closed forms.

import { describe, expect, test } from "vitest";
import {
  acosh,
  asin,
  asinh,
  atan2,
  bincount,
  compile,
  cumprod,
  diag,
  diagonal,
  diff,
  grad,
  histogram,
  log2,
  maxAt,
  median,
  meshgrid,
  minAt,
  norm,
  quantile,
  random,
  repeat,
  roll,
  setAt,
  sinh,
  type Tensor,
  tan,
  tensor,
  tril,
  triu,
  vmap,
} from "../index.ts";
import { sample, tensorOf } from "./naive.testing.ts";

const list = (x: Tensor): number[] => Array.from(x.data);
const matrix = tensorOf(sample([3, 4]));
const rows = tensor([2, 0, 2, 1], "int32");
const values = tensorOf(sample([4, 4], 9));

/** The sum of f(x) times distinct weights: no element's slope can hide behind another's. */
const weighted = (f: (x: Tensor) => Tensor) => (x: Tensor) => {
  const y = f(x);
  return y.mul(tensorOf(sample(y.shape, 5))).sum();
};

describe("gradients are those of differences, at once and compiled", () => {
  test.each<[string, (x: Tensor) => Tensor, Tensor?]>([
    ["tril", (x) => tril(x, 1)],
    ["triu", (x) => triu(x, -1)],
    ["diag", (x) => diag(x.at(0), 1)],
    ["diagonal", (x) => diagonal(x, 1)],
    ["trace", (x) => x.trace().mul(x.trace())],
    ["roll", (x) => roll(x, [1, -2], [0, 1])],
    ["repeat", (x) => repeat(x, [2, 0, 1], 0)],
    ["meshgrid", (x) => meshgrid([x.at(0), x.at(1)])[0].mul(x.at(2, 3))],
    ["cumprod", (x) => cumprod(x, 1)],
    ["cumprod with zeros", (x) => cumprod(x.sub(x.at(0, 1)), 1)],
    ["diff", (x) => diff(x, 2)],
    ["median", (x) => median(x, 1)],
    ["quantile", (x) => quantile(x, [0.2, 0.7], 0)],
    ["norm 1", (x) => norm(x, 1, 0)],
    ["norm infinity", (x) => norm(x, Infinity, 1)],
    ["norm -infinity", (x) => norm(x, -Infinity, 1)],
    ["norm fro", (x) => norm(x, "fro")],
    ["setAt, of x", (x) => setAt(x, rows, values)],
    ["setAt, of values", (x) => setAt(matrix, [tensor([2, 0, 2], "int32")], x)],
    ["addAt, of values", (x) => matrix.addAt([tensor([2, 0, 2], "int32")], x)],
    ["maxAt, of x", (x) => maxAt(x, rows, values)],
    ["maxAt, of values", (x) => maxAt(matrix.neg(), [tensor([2, 0, 2], "int32")], x)],
    ["minAt, of values", (x) => minAt(matrix.neg(), [tensor([2, 0, 2], "int32")], x)],
    ["a mask", (x) => x.setAt(matrix.greater(0), x.at(0, 0).square())],
    ["bincount, of weights", (x) => bincount(rows, { weights: x.at(0), length: 4 })],
    ["histogram, of weights", (x) => histogram(matrix, 4, { weights: x }).counts],
  ])("%s", (_, f) => {
    const loss = weighted(f);
    const slope = grad(loss)(matrix);
    expect(list(compile(grad(loss))(matrix))).toEqual(list(slope));
    const step = 2 ** -20;
    matrix.data.forEach((x: number, i: number) => {
      const at = (moved: number) => {
        const data = matrix.data.slice();
        data[i] = moved;
        return loss(tensor(data as Float64Array, "float64").reshape(matrix.shape)).item();
      };
      const difference = (at(x + step) - at(x - step)) / (2 * step);
      expect(Math.abs(slope.data[i]! - difference)).toBeLessThan(
        1e-6 * Math.max(1, Math.abs(difference)),
      );
    });
  });
});

describe("elementary functions", () => {
  const slope = (f: (x: Tensor) => Tensor, x: number) =>
    grad((t: Tensor) => f(t).sum())(tensor([x], "float64")).item();

  test("have the slopes of closed forms, at edges too", () => {
    expect(slope(tan, 0.5)).toBeCloseTo(1 / Math.cos(0.5) ** 2, 14);
    expect(slope(asin, 1)).toBe(Infinity);
    expect(slope(asin, 0.6)).toBeCloseTo(1.25, 14);
    expect(slope(asinh, 0)).toBe(1);
    expect(slope(asinh, 1e300)).toBeCloseTo(1e-300, 310);
    expect(slope(acosh, 1)).toBe(Infinity);
    expect(slope(log2, 4)).toBeCloseTo(1 / (4 * Math.LN2), 15);
    expect(slope(sinh, 0)).toBe(1);
  });

  test("atan2 has slopes that do not overflow, in all quadrants", () => {
    const [y, x] = [
      tensor([3, -3, 3e200, 1, -1], "float64"),
      tensor([4, -4, 4e200, 0, 0], "float64"),
    ];
    const [dy, dx] = grad((p: readonly Tensor[]) => atan2(p[0]!, p[1]!).sum())([y, x]);
    [0.16, -0.16, 4 / 25e200, 0, 0].forEach((right, i) =>
      expect(dy!.data[i]! / (right || 1)).toBeCloseTo(right ? 1 : 0),
    );
    [-0.12, 0.12, -3 / 25e200, -1, 1].forEach((right, i) =>
      expect(dx!.data[i]! / right).toBeCloseTo(1),
    );
    expect(list(atan2(tensor([0, -0, 0, -0]), tensor([1, 1, -1, -1])))).toEqual(
      [0, -0, Math.PI, -Math.PI].map(Math.fround),
    );
  });
});

test("vmap maps what is composed, updates and quantiles too", () => {
  const x = tensorOf(sample([5, 6]));
  const f = (row: Tensor) => row.setAt(["::2"], row.quantile(0.25)).cumprod();
  const mapped = vmap(f)(x);
  for (let i = 0; i < 5; i++) {
    expect(list(mapped.at(i))).toEqual(list(f(x.at(i))));
  }
  const places = tensor(
    [
      [1, 1],
      [0, 2],
      [5, 4],
      [3, 3],
      [2, 0],
    ],
    "int32",
  );
  const set = (row: Tensor, at: Tensor) => row.setAt(at, tensor([7, 8], "float64"));
  const updated = vmap(set)(x, places);
  for (let i = 0; i < 5; i++) {
    expect(list(updated.at(i))).toEqual(list(set(x.at(i), places.at(i))));
  }
});

test("random draws have no gradient, and hide none", () => {
  const draw = (a: Tensor) => random.gamma(random.key(1), a, [3]).sum().add(a);
  expect(grad(draw)(tensor(2)).item()).toBe(1);
});
