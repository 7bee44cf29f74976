// Naive definitions for tests: one element at a time, by index.

import { expect } from "vitest";
import type { DType } from "../ir/dtype.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { fromData } from "./create.ts";

/** An array as the tests model it: what tensors hold, with none of their code. */
export interface Model {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Every index into a shape, in row-major order; one empty index for a scalar. */
export function indicesOf(shape: readonly number[]): number[][] {
  const [first, ...rest] = shape;
  if (first === undefined) return [[]];
  const inner = indicesOf(rest);
  return Array.from({ length: first }, (_, i) => inner.map((index) => [i, ...index])).flat();
}

/** The element at an index. */
export function element({ shape, data }: Model, index: readonly number[]): number {
  return data[index.reduce((at, i, axis) => at * shape[axis]! + i, 0)]!;
}

/** The array of this shape whose element at each index is f(index). */
export function build(shape: readonly number[], f: (index: number[]) => number): Model {
  return { shape, data: indicesOf(shape).map(f) };
}

/** Distinct numbers, none zero, without symmetry: zeros hide wrong gradients. */
export function sample(shape: readonly number[], seed = 1): Model {
  return build(shape, (index) => {
    const place = index.reduce((at, i, axis) => at * shape[axis]! + i, seed);
    return Math.round(1000 * (Math.sin(12.9898 * place + seed) * 1.7 + 0.13)) / 256;
  });
}

export function tensorOf({ shape, data }: Model, dtype: DType = "float64"): Tensor {
  const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array };
  const Bytes = arrays[dtype as keyof typeof arrays] ?? Uint8Array;
  return fromData(Bytes.from(data), shape, dtype);
}

/** The same shape and the same numbers, to the bit but for the sign of zero. */
export function expectSame(actual: Tensor, { shape, data }: Model): void {
  expect(actual.shape).toEqual(shape);
  expect(Array.from(actual.data, (x) => x + 0)).toEqual(data.map((x) => x + 0));
}

/** The same shape and nearly the same numbers; NaN and infinities exactly. */
export function expectClose(actual: Tensor, { shape, data }: Model, tolerance = 1e-12): void {
  expect(actual.shape).toEqual(shape);
  actual.data.forEach((x: number, i: number) => {
    const expected = data[i]!;
    const near = Math.abs(x - expected) <= tolerance * Math.max(1, Math.abs(expected));
    if (!near) expect({ place: i, x }).toEqual({ place: i, x: expected });
  });
}
