// Broadcasting against NumPy's rule, element by element.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, broadcastTo, mul, sub, tensor, variable, where, zeros } from "../../index.ts";
import { build, element, expectSame, type Model, sample, tensorOf } from "../naive.testing.ts";
import { broadcastShapes, broadcasts } from "./broadcast.ts";

const RUNS = { seed: 7, numRuns: 200 };

const dims = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });

/** A shape that stretches to `shape`: fewer leading axes, some others of length 1. */
function stretchable(shape: readonly number[]): fc.Arbitrary<number[]> {
  const axes = fc.tuple(...shape.map((dim) => fc.constantFrom(dim, dim, 1)));
  return fc
    .tuple(axes, fc.integer({ min: 0, max: shape.length }))
    .map(([all, dropped]) => all.slice(dropped));
}

/** The element of x that stands at an index of a shape it is stretched to. */
function stretched(x: Model, index: readonly number[]): number {
  const own = index.slice(index.length - x.shape.length);
  return element(
    x,
    own.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
  );
}

/** NumPy's rule, from the last axis back. */
function shapeOf(a: readonly number[], b: readonly number[]): number[] | undefined {
  const shape: number[] = [];
  for (let back = 1; back <= Math.max(a.length, b.length); back++) {
    const [x, y] = [a[a.length - back] ?? 1, b[b.length - back] ?? 1];
    if (x !== y && x !== 1 && y !== 1) return undefined;
    shape.unshift(x === 1 ? y : x);
  }
  return shape;
}

test("any two shapes: the common one, or an error", () => {
  fc.assert(
    fc.property(dims, dims, (a, b) => {
      const expected = shapeOf(a, b);
      expect(broadcasts(a, b)).toBe(expected !== undefined);
      if (expected) expect(broadcastShapes("add", a, b)).toEqual(expected);
      else expect(() => broadcastShapes("add", a, b)).toThrow("do not broadcast");
    }),
    RUNS,
  );
});

test("binary functions of shapes that broadcast", () => {
  const shapes = dims.chain((shape) => fc.tuple(stretchable(shape), stretchable(shape)));
  fc.assert(
    fc.property(shapes, ([aShape, bShape]) => {
      const [a, b] = [sample(aShape, 1), sample(bShape, 2)];
      const shape = shapeOf(aShape, bShape)!;
      const of = (f: (x: number, y: number) => number) =>
        build(shape, (index) => f(stretched(a, index), stretched(b, index)));
      const [x, y] = [tensorOf(a), tensorOf(b)];
      expectSame(
        add(x, y),
        of((p, q) => p + q),
      );
      expectSame(
        sub(x, y),
        of((p, q) => p - q),
      );
      expectSame(
        x.mul(y),
        of((p, q) => p * q),
      );
      expectSame(x.maximum(y), of(Math.max));
      expectSame(
        x.less(y),
        of((p, q) => Number(p < q)),
      );
    }),
    RUNS,
  );
});

test("where stretches all three", () => {
  const shapes = dims.chain((s) => fc.tuple(stretchable(s), stretchable(s), stretchable(s)));
  fc.assert(
    fc.property(shapes, ([cShape, aShape, bShape]) => {
      const condition = build(cShape, (index) => (index.reduce((s, i) => s + i, 0) + 1) % 2);
      const [a, b] = [sample(aShape, 3), sample(bShape, 4)];
      const shape = shapeOf(cShape, shapeOf(aShape, bShape)!)!;
      const expected = build(shape, (index) =>
        stretched(stretched(condition, index) ? a : b, index),
      );
      expectSame(where(tensorOf(condition, "bool"), tensorOf(a), tensorOf(b)), expected);
    }),
    RUNS,
  );
});

describe("broadcastTo", () => {
  test("copies axes of length 1 and adds leading ones", () => {
    const shapes = dims.chain((shape) => fc.tuple(fc.constant(shape), stretchable(shape)));
    fc.assert(
      fc.property(shapes, ([shape, own]) => {
        const x = sample(own);
        expectSame(
          broadcastTo(tensorOf(x), shape),
          build(shape, (index) => stretched(x, index)),
        );
      }),
      RUNS,
    );
  });

  test("gives a variable's value, not the variable", () => {
    const w = variable([1, 2]);
    const before = broadcastTo(w, [2]);
    w.assign(tensor([3, 4]));
    expect(before.toArray()).toEqual([1, 2]);
  });

  test("gradients come back in the operand's shape", () => {
    const w = variable([[1], [2]], { dtype: "float64" });
    mul(w, tensor([[1, 2, 3]], "float64"))
      .sum()
      .backward();
    expect(w.grad?.toArray()).toEqual([[6], [6]]);
  });

  test("an axis of length 0 meets only 0 and 1", () => {
    expect(add(zeros([0, 3]), zeros([1, 3])).shape).toEqual([0, 3]);
    expect(() => add(zeros([0] as number[]), zeros([2] as number[]))).toThrow(
      "add: shapes [0] and [2] do not broadcast",
    );
  });
});
