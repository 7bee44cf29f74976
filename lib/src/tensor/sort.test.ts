// Sorting against the language's own sort, along any axis.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arange, argsort, grad, sort, type Tensor, tensor, topK, zeros } from "../index.ts";
import { build, element, expectSame, type Model, tensorOf } from "./naive.testing.ts";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const f64 = (data: readonly number[]): Tensor => tensor(data, "float64");

/** The places of a lane in order; equal elements keep theirs, NaN goes last. */
function order(lane: readonly number[], descending: boolean): number[] {
  return [...lane.keys()].sort((i, j) => {
    const [a, b] = descending ? [lane[j]!, lane[i]!] : [lane[i]!, lane[j]!];
    const [first, second] = [lane[i]!, lane[j]!].map(Number.isNaN);
    if (first !== second) return first ? 1 : -1;
    if (a < b) return -1;
    return a > b ? 1 : i - j;
  });
}

const settings = fc
  .array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 })
  .chain((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return fc.record({
      shape: fc.constant(shape),
      data: fc.array(fc.constantFrom(0, 1, 2, -1, 0.5, nan, inf, -inf), {
        minLength: size,
        maxLength: size,
      }),
      axis: fc.integer({ min: -shape.length, max: shape.length - 1 }),
      descending: fc.boolean(),
    });
  });

test("sort, argsort and topK along any axis, ties and NaN included", () => {
  fc.assert(
    fc.property(settings, ({ shape, data, axis, descending }) => {
      const x: Model = { shape, data };
      const along = axis < 0 ? axis + shape.length : axis;
      const lane = (index: readonly number[]) =>
        Array.from({ length: shape[along]! }, (_, i) => element(x, index.with(along, i)));
      const places = build(shape, (index) => order(lane(index), descending)[index[along]!]!);
      const sorted = build(shape, (index) => lane(index)[element(places, index)]!);
      expectSame(argsort(tensorOf(x), axis, descending), places);
      expectSame(sort(tensorOf(x), axis, descending), sorted);

      const k = Math.min(2, shape[along]!);
      const best = build(shape.with(along, k), (index) => order(lane(index), true)[index[along]!]!);
      const { values, indices } = topK(tensorOf(x), k, axis);
      expectSame(indices, best);
      expectSame(
        values,
        build(best.shape, (index) => lane(index)[element(best, index)]!),
      );
    }),
    { seed: 29, numRuns: 120 },
  );
});

describe("by hand", () => {
  test("element types stay, places are int32", () => {
    expect(sort(tensor([3, 1, 2], "uint8")).toArray()).toEqual([1, 2, 3]);
    expect(sort(tensor([3, 1, 2], "uint8")).dtype).toBe("uint8");
    expect(arange(3).argsort(-1, true).dtype).toBe("int32");
    expect(arange(3).sort(0, true).toArray()).toEqual([2, 1, 0]);
  });

  test("topK of none, of all, of equals", () => {
    expect(topK(f64([1, 2]), 0).values.shape).toEqual([0]);
    expect(topK(f64([1, 3, 2]), 3).values.toArray()).toEqual([3, 2, 1]);
    expect(topK(f64([5, 5, 5]), 2).indices.toArray()).toEqual([0, 1]);
    expect(topK(zeros([2, 3]), 2, 0).values.shape).toEqual([2, 3]);
  });

  test("gradients follow the elements", () => {
    const weights = f64([10, 20, 30]);
    const slope = grad((x: Tensor) => x.sort().mul(weights).sum());
    expect(slope(f64([3, 1, 2])).toArray()).toEqual([30, 10, 20]);
    const best = grad((x: Tensor) => topK(x, 1).values.sum());
    expect(best(f64([3, 7, 2])).toArray()).toEqual([0, 1, 0]);
  });
});
