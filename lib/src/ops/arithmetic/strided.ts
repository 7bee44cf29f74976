// Walks over strided arrays: how the movement ops and reductions say where each element goes.

import type { DataArray } from "../../ir/dtype.ts";
import { type Shape, sizeOf, stridesOf } from "../../ir/shape.ts";

/**
 * Copies an array element by element, both sides walked by strides.
 * @param shape the index space: `strides[axis]` is how far one step along `axis` goes in each array
 */
export function copyStrided(
  shape: Shape,
  from: { readonly data: DataArray; readonly offset: number; readonly strides: readonly number[] },
  to: { readonly data: DataArray; readonly offset: number; readonly strides: readonly number[] },
): void {
  if (sizeOf(shape) === 0) return;
  if (shape.length === 0) {
    to.data[to.offset] = from.data[from.offset]!;
    return;
  }
  const walk = (axis: number, source: number, target: number): void => {
    const length = shape[axis]!;
    const stepFrom = from.strides[axis]!;
    const stepTo = to.strides[axis]!;
    if (axis === shape.length - 1) {
      copyRow(from.data, source, stepFrom, to.data, target, stepTo, length);
      return;
    }
    for (let i = 0; i < length; i++) walk(axis + 1, source + i * stepFrom, target + i * stepTo);
  };
  walk(0, from.offset, to.offset);
}

/** Shorter rows are copied before the runtime has looked at their arrays. */
const LONG = 24;

/** One row. The two common cases, the same element again and neighbours, are left to the runtime where rows are long. */
export function copyRow(
  from: DataArray,
  source: number,
  stepFrom: number,
  to: DataArray,
  target: number,
  stepTo: number,
  length: number,
): void {
  if (length >= LONG && stepTo === 1 && stepFrom === 0) {
    to.fill(from[source]!, target, target + length);
  } else if (length >= LONG && stepTo === 1 && stepFrom === 1) {
    to.set(from.subarray(source, source + length), target);
  } else {
    for (let i = 0; i < length; i++) to[target + i * stepTo] = from[source + i * stepFrom]!;
  }
}

/** Offset of `index` in a row-major array of `shape`. */
export function offsetOf(shape: Shape, index: readonly number[]): number {
  return stridesOf(shape).reduce((sum, stride, axis) => sum + stride * index[axis]!, 0);
}

/** Splits a shape at an axis: [outer, length, inner] such that index = (o * length + i) * inner + k. */
export function splitAt(shape: Shape, axis: number): [number, number, number] {
  return [sizeOf(shape.slice(0, axis)), shape[axis]!, sizeOf(shape.slice(axis + 1))];
}
