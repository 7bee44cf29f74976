// Rearranging against definitions by index: element by element, over random shapes and axes.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as N from "../index.ts";
import { arange, grad, type Tensor, tensor, zeros } from "../index.ts";
import { build, element, expectSame, type Model, sample, tensorOf } from "./naive.testing.ts";

const RUNS = { seed: 5, numRuns: 150 };
const shapes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
const ranked = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 });

function permutation(n: number): fc.Arbitrary<number[]> {
  const axes = Array.from({ length: n }, (_, i) => i);
  return fc.shuffledSubarray(axes, { minLength: n, maxLength: n });
}

describe("transpose", () => {
  test("axis i of the result is axis p[i] of x; negative axes count from the last", () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), permutation(shape.length), fc.boolean()),
    );
    fc.assert(
      fc.property(cases, ([shape, perm, negative]) => {
        const x = sample(shape);
        const expected = build(
          perm.map((axis) => shape[axis]!),
          (index) => {
            const own = shape.map((_, axis) => index[perm.indexOf(axis)]!);
            return element(x, own);
          },
        );
        const named = negative ? perm.map((axis) => axis - shape.length) : perm;
        expectSame(N.transpose(tensorOf(x), named), expected);
        if (perm.every((axis, i) => axis === shape.length - 1 - i)) {
          expectSame(tensorOf(x).transpose(), expected);
        }
      }),
      RUNS,
    );
  });

  test("reverses the axes by default; swapAxes exchanges two", () => {
    const x = tensorOf(sample([2, 3, 4]));
    expect(x.transpose().shape).toEqual([4, 3, 2]);
    expect(x.transpose().transpose().data).toEqual(x.data);
    expect(N.swapAxes(x, 0, -1).data).toEqual(x.transpose([2, 1, 0]).data);
    expect(zeros([]).transpose().shape).toEqual([]);
  });
});

describe("shapes of the same elements", () => {
  test("reshape keeps the order; -1 follows from the rest", () => {
    const x = arange(24);
    expect(x.reshape([2, -1, 4]).shape).toEqual([2, 3, 4]);
    expect(x.reshape([2, 3, 4]).reshape([-1]).data).toEqual(x.data);
    expect(x.reshape([4, 6]).toArray()).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10, 11],
      [12, 13, 14, 15, 16, 17],
      [18, 19, 20, 21, 22, 23],
    ]);
    expect(tensor(3).reshape([1, 1]).toArray()).toEqual([[3]]);
    expect(zeros([0, 3]).reshape([-1, 3]).shape).toEqual([0, 3]);
    expect(zeros([0, 3]).reshape([0]).shape).toEqual([0]);
  });

  test("expandDims, squeeze, flatten", () => {
    const x = zeros([2, 3]);
    expect(N.expandDims(x).shape).toEqual([1, 2, 3]);
    expect(N.expandDims(x, 2).shape).toEqual([2, 3, 1]);
    expect(N.expandDims(x, -1).shape).toEqual([2, 3, 1]);
    expect(N.expandDims(x, -2).shape).toEqual([2, 1, 3]);
    const thin = zeros([1, 2, 1, 3]);
    expect(thin.squeeze().shape).toEqual([2, 3]);
    expect(thin.squeeze(0).shape).toEqual([2, 1, 3]);
    expect(thin.squeeze([0, -2]).shape).toEqual([2, 3]);
    expect(zeros([2, 3, 4]).flatten().shape).toEqual([24]);
    expect(zeros([2, 3, 4]).flatten(1).shape).toEqual([2, 12]);
    expect(zeros([2, 3, 4]).flatten(-1).shape).toEqual([2, 3, 4]);
    expect(tensor(1).flatten().shape).toEqual([1]);
    expect(N.ravel(zeros([2, 3, 4]), 1).shape).toEqual([2, 12]);
  });
});

describe("joining and cutting", () => {
  const cases = ranked.chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.integer({ min: 0, max: shape.length - 1 }),
      lengths: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
      negative: fc.boolean(),
    }),
  );

  test("concat lays parts end to end, and split takes them apart again", () => {
    fc.assert(
      fc.property(cases, ({ shape, axis, lengths, negative }) => {
        const whole = sample(
          shape.with(
            axis,
            lengths.reduce((a, b) => a + b),
          ),
        );
        let from = 0;
        const parts = lengths.map((length): Model => {
          from += length;
          const start = from - length;
          return build(shape.with(axis, length), (index) =>
            element(whole, index.with(axis, index[axis]! + start)),
          );
        });
        const named = negative ? axis - shape.length : axis;
        const tensors: Tensor[] = parts.map((part) => tensorOf(part));
        expectSame(N.concat(tensors, named), whole);
        const cut = N.split(tensorOf(whole), lengths, named);
        cut.forEach((part, i) => {
          expectSame(part, parts[i]!);
        });
      }),
      RUNS,
    );
  });

  test("stack adds an axis anywhere", () => {
    const [a, b] = [tensor([1, 2]), tensor([3, 4])];
    expect(N.stack([a, b]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(N.stack([a, b], 1).toArray()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(N.stack([a, b], -1).data).toEqual(N.stack([a, b], 1).data);
    expect(N.stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2]);
  });

  test("split into equal parts", () => {
    const parts = N.split(arange(6), 3);
    expect(parts.map((part) => part.toArray())).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(N.split(zeros([2, 4]), 2, -1).map((part) => part.shape)).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(N.split(zeros([0]), 2).map((part) => part.shape)).toEqual([[0], [0]]);
  });
});

describe("pad, flip, tile", () => {
  test("pad puts a value around", () => {
    const side = fc.integer({ min: 0, max: 2 });
    const cases = shapes
      .filter((shape) => shape.length < 4)
      .chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.tuple(...shape.map(() => fc.tuple(side, side))),
          fc.constantFrom(0, 7),
        ),
      );
    fc.assert(
      fc.property(cases, ([shape, amounts, value]) => {
        const x = sample(shape);
        const expected = build(
          shape.map((dim, axis) => amounts[axis]![0] + dim + amounts[axis]![1]),
          (index) => {
            const own = index.map((i, axis) => i - amounts[axis]![0]);
            const inside = own.every((i, axis) => i >= 0 && i < shape[axis]!);
            return inside ? element(x, own) : value;
          },
        );
        expectSame(N.pad(tensorOf(x), amounts, value), expected);
      }),
      RUNS,
    );
  });

  test("pad keeps the element type", () => {
    expect(N.pad(tensor([1], "int32"), [[1, 0]], -3).toArray()).toEqual([-3, 1]);
    expect(N.pad(tensor([true]), [[1, 1]], 1).toArray()).toEqual([true, true, true]);
    expect(N.pad(tensor([1], "float64"), [[0, 1]], 0.1).toArray()).toEqual([1, 0.1]);
  });

  test("flip turns the axes that are named, or all", () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()])),
    );
    fc.assert(
      fc.property(cases, ([shape, axes]) => {
        const x = sample(shape);
        const turned = build(shape, (index) =>
          element(
            x,
            index.map((i, axis) => (axes.includes(axis) ? shape[axis]! - 1 - i : i)),
          ),
        );
        expectSame(N.flip(tensorOf(x), axes), turned);
      }),
      RUNS,
    );
    expect(arange(3).flip().toArray()).toEqual([2, 1, 0]);
  });

  test("tile repeats blocks", () => {
    const cases = shapes.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.tuple(...shape.map(() => fc.integer({ min: 0, max: 2 })))),
    );
    fc.assert(
      fc.property(cases, ([shape, repeats]) => {
        const x = sample(shape);
        const tiled = build(
          shape.map((dim, axis) => dim * repeats[axis]!),
          (index) =>
            element(
              x,
              index.map((i, axis) => i % shape[axis]!),
            ),
        );
        expectSame(N.tile(tensorOf(x), repeats), tiled);
      }),
      RUNS,
    );
  });
});

test("gradients go back to where the elements came from", () => {
  const x = tensorOf(sample([2, 3]));
  const weigh = (y: Tensor) => y.mul(tensorOf(sample(y.shape, 9))).sum();
  const slopes = (f: (y: Tensor) => Tensor) => {
    const gradient = grad((y: Tensor) => weigh(f(y)))(x);
    // Linear: <gradient, x> is the loss itself.
    expect(gradient.mul(x).sum().item()).toBeCloseTo(weigh(f(x)).item(), 10);
    return gradient;
  };
  expect(slopes((y) => y.transpose()).toArray()).toEqual(
    tensorOf(sample([3, 2], 9))
      .transpose()
      .toArray(),
  );
  slopes((y) =>
    N.pad(y, [
      [1, 0],
      [0, 2],
    ]),
  );
  slopes((y) => N.flip(y, 1));
  slopes((y) => N.tile(y, [2, 3]));
  slopes((y) => N.concat([y, y.mul(2)], 1));
  slopes((y) => N.stack([y, y]));
  slopes((y) => N.split(y, [1, 2], 1)[1]!);
  slopes((y) => N.expandDims(y, 1).reshape([-1]));
});
