// Reductions against loops over every element, and against NumPy's documented behaviour.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { compile, grad, type Tensor, tensor, vmap, zeros } from "../index.ts";
import {
  build,
  element,
  expectClose,
  indicesOf,
  type Model,
  sample,
  tensorOf,
} from "./naive.testing.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const RUNS = { seed: 11, numRuns: 150 };

const f64 = (data: readonly number[] | readonly (readonly number[])[]): Tensor =>
  tensor(data as number[], "float64");
const list = (x: Tensor): number[] => Array.from(x.data, (element) => element + 0);

interface Case {
  readonly shape: readonly number[];
  readonly axes: readonly number[];
  readonly keepDims: boolean;
  readonly negative: boolean;
}

function cases(smallest: number): fc.Arbitrary<Case> {
  return fc.array(fc.integer({ min: smallest, max: 3 }), { maxLength: 4 }).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axes: fc.subarray([...shape.keys()]),
      keepDims: fc.boolean(),
      negative: fc.boolean(),
    }),
  );
}

/** f of the elements, in row-major order, that agree outside the axes. */
function reduceNaively(x: Model, { axes, keepDims }: Case, f: (lane: number[]) => number): Model {
  const lengths = x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const full = build(lengths, (index) => {
    const lane = indicesOf(x.shape).filter((other) =>
      other.every((i, axis) => axes.includes(axis) || i === index[axis]),
    );
    return f(lane.map((other) => element(x, other)));
  });
  return {
    shape: keepDims ? lengths : lengths.filter((_, axis) => !axes.includes(axis)),
    data: full.data,
  };
}

const total = (lane: readonly number[]) => lane.reduce((a, b) => a + b, 0);
const average = (lane: readonly number[]) => total(lane) / lane.length;
const spread = (lane: readonly number[]) => average(lane.map((x) => (x - average(lane)) ** 2));

describe("any axes of any shape", () => {
  test.each<[string, N.Reduction<string>, (lane: number[]) => number, number]>([
    ["sum", N.sum, total, 0],
    ["prod", N.prod, (lane) => lane.reduce((a, b) => a * b, 1), 0],
    ["mean", N.mean, average, 1],
    ["variance", N.variance, spread, 1],
    ["std", N.std, (lane) => Math.sqrt(spread(lane)), 1],
    ["max", N.max, (lane) => Math.max(...lane), 1],
    ["min", N.min, (lane) => Math.min(...lane), 1],
    ["any", N.any, (lane) => Number(lane.some((x) => x !== 0)), 0],
    ["all", N.all, (lane) => Number(lane.every((x) => x !== 0)), 0],
  ])("%s", (_, reduce, naive, smallest) => {
    fc.assert(
      fc.property(cases(smallest), (setting) => {
        const { shape, axes, keepDims, negative } = setting;
        const x = sample(shape);
        const named = negative ? axes.map((axis) => axis - shape.length) : axes;
        const received = reduce(tensorOf(x), named as number[], keepDims);
        expectClose(received, reduceNaively(x, setting, naive));
      }),
      RUNS,
    );
  });
});

describe("sum and prod", () => {
  test("all axes by default, one as a number, none as an empty list", () => {
    const x = f64([
      [1, 2],
      [3, 4],
    ]);
    expect(N.sum(x).item()).toBe(10);
    expect(N.sum(x, 1).toArray()).toEqual([3, 7]);
    expect(N.sum(x, []).toArray()).toEqual(x.toArray());
    expect(N.sum(x, undefined, true).toArray()).toEqual([[10]]);
  });

  test("of nothing: 0 and 1", () => {
    expect(zeros([0, 2]).sum(0).toArray()).toEqual([0, 0]);
    expect(zeros([0]).prod().item()).toBe(1);
    expect(zeros([2, 0]).prod(1).toArray()).toEqual([1, 1]);
    expect(zeros([0, 3]).sum(1).shape).toEqual([0]);
  });

  test("of nothing: the largest is -Infinity, the smallest Infinity, and there is no average", () => {
    const inf = Number.POSITIVE_INFINITY;
    for (const dtype of ["float32", "float64"] as const) {
      const none = zeros([2, 0, 3], dtype);
      for (const run of [
        (f: (x: Tensor) => Tensor) => f(none),
        (f: (x: Tensor) => Tensor) => compile(f)(none),
      ]) {
        expect(run((x) => x.max()).item()).toBe(-inf);
        expect(run((x) => x.min()).item()).toBe(inf);
        expect(run((x) => x.max(1)).toArray()).toEqual(Array(2).fill([-inf, -inf, -inf]));
        expect(run((x) => x.min([0, 1], true)).toArray()).toEqual([[[inf, inf, inf]]]);
        expect(run((x) => x.max(0)).shape).toEqual([0, 3]);
        expect(run((x) => N.logSumExp(x, 1)).toArray()).toEqual(Array(2).fill([-inf, -inf, -inf]));
        expect(run((x) => N.softmax(x, 1)).shape).toEqual([2, 0, 3]);
        expect(run((x) => N.norm(x)).item()).toBe(0);
      }
      expect(grad((x: Tensor) => x.max(1).sum())(none).shape).toEqual([2, 0, 3]);
      expect(vmap((x: Tensor) => x.max())(none).toArray()).toEqual([-inf, -inf]);
      for (const f of [N.mean, N.variance, N.std]) {
        expect(() => f(none, 1)).toThrow("has no elements along axis 1");
        expect(f(zeros([0, 3], dtype), 1).shape).toEqual([0]);
      }
      for (const f of [N.argmax, N.argmin]) expect(() => f(none, 1)).toThrow("no elements");
    }
    for (const dtype of ["int32", "uint8"] as const) {
      expect(() => zeros([2, 0], dtype).max(1)).toThrow("max: shape [2, 0] has no elements");
      expect(() => zeros([2, 0], dtype).min(1)).toThrow("min: shape [2, 0] has no elements");
      expect(zeros([0], dtype).sum().item()).toBe(0);
    }
  });

  test("bool and uint8 as int32", () => {
    const bytes = tensor([200, 100], "uint8");
    expect([bytes.sum().item(), bytes.sum().dtype]).toEqual([300, "int32"]);
    expect([bytes.prod().item(), bytes.prod().dtype]).toEqual([20000, "int32"]);
    expect(tensor([true, true, false]).sum().item()).toBe(2);
    expect(tensor([true, false]).prod().item()).toBe(0);
  });

  test("float32 adds up in double precision", () => {
    const x = N.full([10_000], 0.1);
    expect(x.sum().item()).toBe(Math.fround(10_000 * Math.fround(0.1)));
  });

  test("prod has the right gradient beside zeros", () => {
    const slope = (data: number[]) => list(grad((x: Tensor) => x.prod())(f64(data)));
    expect(slope([2, 3, 4])).toEqual([12, 8, 6]);
    expect(slope([2, 0, 4])).toEqual([0, 8, 0]);
    expect(slope([0, 3, 0])).toEqual([0, 0, 0]);
    expect(slope([5])).toEqual([1]);
    expect(slope([1, 2, 3, 4, 5])).toEqual([120, 60, 40, 30, 24]);
  });
});

describe("max, min and their places", () => {
  test("NaN wins, infinities count", () => {
    expect(
      list(
        N.max(
          f64([
            [1, nan],
            [-inf, -inf],
          ]),
          1,
        ),
      ),
    ).toEqual([nan, -inf]);
    expect(
      list(
        N.min(
          f64([
            [1, nan],
            [inf, 5],
          ]),
          1,
        ),
      ),
    ).toEqual([nan, 5]);
  });

  test("the smallest whole number, at the ends of the range too", () => {
    expect(tensor([5, 0, 7], "uint8").min().item()).toBe(0);
    expect(tensor([5, 0, 7], "uint8").argmin().item()).toBe(1);
    const ends = tensor([3, -(2 ** 31), 2 ** 31 - 1], "int32");
    expect([ends.min().item(), ends.max().item()]).toEqual([-(2 ** 31), 2 ** 31 - 1]);
    expect([ends.argmin().item(), ends.argmax().item()]).toEqual([1, 2]);
  });

  test("the first of equals, for places and gradients", () => {
    const x = f64([2, 5, 5, 1, 1]);
    expect([N.argmax(x).item(), N.argmin(x).item()]).toEqual([1, 3]);
    expect(list(grad((y: Tensor) => y.max())(x))).toEqual([0, 1, 0, 0, 0]);
    expect(list(grad((y: Tensor) => y.min())(x))).toEqual([0, 0, 0, 1, 0]);
  });

  test("places along an axis, int32; the first NaN if there is one", () => {
    const x = f64([
      [1, 9, 3],
      [7, nan, 2],
    ]);
    expect(N.argmax(x).toArray()).toEqual([1, 1]);
    expect(N.argmax(x, 0).toArray()).toEqual([1, 1, 0]);
    expect(N.argmin(x, -1).toArray()).toEqual([0, 1]);
    expect(N.argmax(x).dtype).toBe("int32");
  });
});

describe("mean, variance, std, norm", () => {
  test("whole numbers give floats", () => {
    const x = tensor([1, 2], "int32");
    expect([x.mean().item(), x.mean().dtype]).toEqual([1.5, "float32"]);
    expect([x.variance().item(), x.std().item()]).toEqual([0.25, 0.5]);
    expect(tensor([true, false]).mean().item()).toBe(0.5);
  });

  test("variance divides by n and stays exact far from zero", () => {
    expect(N.variance(f64([1e9, 1e9 + 1, 1e9 + 2])).item()).toBeCloseTo(2 / 3, 12);
    expect(list(grad((x: Tensor) => x.variance())(f64([1, 2, 6])))).toEqual([
      (2 / 3) * -2,
      (2 / 3) * -1,
      (2 / 3) * 3,
    ]);
  });

  test("norm: L2 by default, L1 if asked, over all elements", () => {
    const x = f64([
      [3, -4],
      [0, 0],
    ]);
    expect([N.norm(x).item(), N.norm(x, 1).item(), x.norm().item()]).toEqual([5, 7, 5]);
  });
});

describe("any and all of numbers", () => {
  test("a fraction is not zero", () => {
    expect(f64([0.5, 0]).any().item()).toBe(1);
    expect(f64([0.5, nan]).all().item()).toBe(1);
    expect(f64([0.5, 0]).all().item()).toBe(0);
    expect(f64([0, -0]).any().toArray()).toBe(false);
    expect(f64([0.5]).any().dtype).toBe("bool");
  });
});

describe("log, exp and their sums", () => {
  test("softmax of (2.5, -1, 3.2, 0.5)", () => {
    const p = list(N.softmax(f64([2.5, -1, 3.2, 0.5])));
    expect(p.map((x) => x.toFixed(3))).toEqual(["0.315", "0.009", "0.633", "0.043"]);
    expect(total(p)).toBeCloseTo(1, 14);
  });

  test("softmax over an axis, without overflow", () => {
    const rows = f64([
      [1000, 1000],
      [-1000, 0],
    ]);
    expect(N.softmax(rows).toArray()).toEqual([
      [0.5, 0.5],
      [0, 1],
    ]);
    expect(list(N.softmax(rows, 0).sum(0))).toEqual([1, 1]);
    expect(list(N.softmax(f64([-inf, 0, 0])))).toEqual([0, 0.5, 0.5]);
  });

  test("logSumExp: huge, infinite, and nothing but -inf", () => {
    expect(N.logSumExp(f64([1000, 1000])).item()).toBeCloseTo(1000 + Math.log(2), 10);
    expect(N.logSumExp(f64([-inf, -inf])).item()).toBe(-inf);
    expect(N.logSumExp(f64([-inf, 3])).item()).toBe(3);
    expect(N.logSumExp(f64([inf, 3])).item()).toBe(inf);
    expect(N.logSumExp(f64([nan, 3])).item()).toBe(nan);
    expect(N.logSumExp(f64([[0], [0]]), 0).shape).toEqual([1]);
    expect(N.logSumExp(f64([[0], [0]]), 0, true).shape).toEqual([1, 1]);
  });

  test("the gradient of logSumExp is softmax", () => {
    const x = f64([2.5, -1, 3.2, 0.5]);
    const slope = grad((y: Tensor) => N.logSumExp(y))(x);
    expectClose(slope, { shape: [4], data: list(N.softmax(x)) });
  });

  test("logSoftmax is exact far from the maximum, and where all is far from zero", () => {
    expect(list(N.logSoftmax(f64([0, -800])))).toEqual([0, -800]);
    // In float32, 10000 + log(2) would lose three digits of log(2).
    expect(
      N.logSoftmax(tensor([10_000, 10_000]))
        .at(0)
        .item(),
    ).toBe(Math.fround(-Math.log(2)));
    const x = f64([0.3, -1.2, 2]);
    expectClose(N.exp(N.logSoftmax(x)), { shape: [3], data: list(N.softmax(x)) });
  });

  test("gradients of softmax add up to zero", () => {
    const weights = f64([0.3, -0.7, 1.9]);
    const slope = list(grad((x: Tensor) => N.softmax(x).mul(weights).sum())(f64([0.2, 1, -0.4])));
    expect(total(slope)).toBeCloseTo(0, 14);
    expect(Math.abs(slope[0]!)).toBeGreaterThan(0.01);
  });
});

describe("cumsum", () => {
  test("running totals along any axis", () => {
    const x = sample([3, 4]);
    const naive = (axis: number) =>
      build(x.shape, (index) => {
        const upTo = Array.from({ length: index[axis]! + 1 }, (_, i) => index.with(axis, i));
        return total(upTo.map((other) => element(x, other)));
      });
    expectClose(N.cumsum(tensorOf(x), 0), naive(0));
    expectClose(N.cumsum(tensorOf(x)), naive(1));
    expect(zeros([0]).cumsum().shape).toEqual([0]);
  });

  test("its gradient counts backwards", () => {
    expect(list(grad((x: Tensor) => x.cumsum().sum())(f64([1, 1, 1])))).toEqual([3, 2, 1]);
  });
});
