// What max-pooling promises about ties, NaN, padding and overlapping windows.

import { expect, test } from "vitest";
import { allocate } from "../../../ir/dtype.ts";
import type { PoolParams } from "../../../ir/op-table.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { TensorType } from "../../../ir/type.ts";
import type { ArrayMeaning, NdArray } from "../../define.ts";
import { maxPool, poolPut, poolTake } from "./pool.ts";

function image(height: number, width: number, elements: readonly number[]): NdArray {
  return { dtype: "float64", shape: [1, height, width, 1], data: Float64Array.from(elements) };
}

function pooling(window: number, stride: number, padding = 0): PoolParams {
  const sides = [padding, padding] as const;
  return { window: [window, window], strides: [stride, stride], padding: [sides, sides] };
}

function empty({ dtype, shape }: TensorType): NdArray {
  return { dtype, shape, data: allocate(dtype, sizeOf(shape)) };
}

const run = () => [];

function pool(x: NdArray, params: PoolParams): number[] {
  const out = empty(maxPool.type([x], params) as TensorType);
  (maxPool.meaning as ArrayMeaning<"maxPool">).eval([x], [out], { params, run });
  return [...out.data];
}

function take(dx: NdArray, x: NdArray, params: PoolParams): number[] {
  const out = empty(poolTake.type([dx, x], params) as TensorType);
  (poolTake.meaning as ArrayMeaning<"poolTake">).eval([dx, x], [out], { params, run });
  return [...out.data];
}

function put(dy: NdArray, x: NdArray, params: PoolParams): number[] {
  const out = empty(poolPut.type([dy, x], params) as TensorType);
  (poolPut.meaning as ArrayMeaning<"poolPut">).eval([dy, x], [out], { params, run });
  return [...out.data];
}

const PLACES = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test("the first of equal maxima wins", () => {
  const x = image(3, 3, [1, 2, 2, 2, 2, 0, 0, 2, 2]);
  expect(pool(x, pooling(2, 1))).toEqual([2, 2, 2, 2]);
  expect(take(image(3, 3, PLACES), x, pooling(2, 1))).toEqual([2, 2, 4, 5]);
  expect(put(image(2, 2, [1, 10, 100, 1000]), x, pooling(2, 1))).toEqual([
    0, 11, 0, 100, 1000, 0, 0, 0, 0,
  ]);
});

test("the first NaN wins", () => {
  const x = image(3, 3, [1, 9, 1, 1, Number.NaN, 1, Number.NaN, 1, 8]);
  expect(pool(x, pooling(3, 1))).toEqual([Number.NaN]);
  expect(take(image(3, 3, PLACES), x, pooling(3, 1))).toEqual([5]);
});

test("padding never wins, not even against negative infinity", () => {
  const low = -Infinity;
  const x = image(2, 2, [-3, -4, low, low]);
  expect(pool(x, pooling(2, 2, 1))).toEqual([-3, -4, low, low]);
  expect(take(image(2, 2, [1, 2, 3, 4]), x, pooling(2, 2, 1))).toEqual([1, 2, 3, 4]);
});

test("<poolTake(dx, x), dy> = <dx, poolPut(dy, x)>, windows overlapping", () => {
  for (const { inputs, params } of poolTake.samples()) {
    const { shape } = inputs[1]!.type;
    const numbers = (seed: number, of: readonly number[]): NdArray => {
      const data = Float64Array.from({ length: sizeOf(of) }, (_, i) => Math.sin(seed + 1.7 * i));
      return { dtype: "float64", shape: of, data };
    };
    const [x, dx] = [numbers(1, shape), numbers(2, shape)];
    const dy = numbers(3, (maxPool.type([x], params) as TensorType).shape);
    const dot = (a: Iterable<number>, b: readonly number[]) =>
      [...a].reduce((sum, element, i) => sum + element * b[i]!, 0);
    expect(dot(dx.data, put(dy, x, params))).toBeCloseTo(dot(dy.data, take(dx, x, params)), 11);
  }
});

test("what does not fit is refused in words", () => {
  const type = (...shape: number[]): TensorType => ({ dtype: "float32", shape });
  expect(() => maxPool.type([type(3, 3, 1)], pooling(2, 2))).toThrow(
    "maxPool: expected images [batch, height, width, channels], received [3, 3, 1]",
  );
  expect(() => maxPool.type([type(1, 3, 3, 1)], pooling(4, 2))).toThrow(
    "maxPool: window [4, 4] is larger than its padded input [1, 3, 3, 1]",
  );
  expect(() => maxPool.type([type(1, 3, 3, 1)], pooling(2, 2, 2))).toThrow(
    "maxPool: a window lies wholly in the padding of [1, 3, 3, 1]: " +
      "window [2, 2], strides [2, 2], padding [[2, 2], [2, 2]]",
  );
  expect(() => maxPool.type([type(1, 0, 3, 1)], pooling(2, 2, 1))).toThrow("wholly in the padding");
  expect(() => maxPool.type([type(1, 3, 3, 1)], pooling(2, 0))).toThrow("strides of 1 or more");
  expect(() => poolPut.type([type(1, 3, 3, 1), type(1, 4, 4, 1)], pooling(2, 2))).toThrow(
    "poolPut: expected dy [1, 2, 2, 1] for x [1, 4, 4, 1], received [1, 3, 3, 1]",
  );
});
