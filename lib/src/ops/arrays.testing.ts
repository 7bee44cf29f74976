// Arithmetic on the arrays that tests feed and compare: stacks, steps, inner products, differences.

import { allocate, isFloat } from "../ir/dtype.ts";
import { sizeOf } from "../ir/shape.ts";
import { sameType, showType } from "../ir/type.ts";
import type { NdArray } from "./define.ts";

/** Arrays of one type along a new axis 0. */
export function stack(arrays: readonly [NdArray, ...NdArray[]]): NdArray {
  const [{ dtype, shape }] = arrays;
  const data = allocate(dtype, arrays.length * sizeOf(shape));
  for (const [i, array] of arrays.entries()) data.set(array.data, i * sizeOf(shape));
  return { dtype, shape: [arrays.length, ...shape], data };
}

/** Part i of an array along its axis 0. */
export function part(array: NdArray, i: number): NdArray {
  const shape = array.shape.slice(1);
  const size = sizeOf(shape);
  return { dtype: array.dtype, shape, data: array.data.slice(i * size, (i + 1) * size) };
}

/** x + step * dx. */
export function moved(x: NdArray, dx: NdArray, step: number): NdArray {
  return {
    ...x,
    data: x.data.map((element, i) => element + step * dx.data[i]!) as NdArray["data"],
  };
}

/** (a - b) / width, in float64 whatever the arrays hold. */
export function slope(a: NdArray, b: NdArray, width: number): NdArray {
  const data = Float64Array.from(a.data, (element, i) => (element - b.data[i]!) / width);
  return { dtype: "float64", shape: a.shape, data };
}

/** Inner product of the float arrays of two lists, and the sum of its terms' sizes. */
export function innerProduct(
  a: readonly NdArray[],
  b: readonly NdArray[],
): { value: number; scale: number } {
  let [value, scale] = [0, 0];
  a.forEach((array, k) => {
    if (!isFloat(array.dtype)) return;
    array.data.forEach((element, i) => {
      value += element * b[k]!.data[i]!;
      scale += Math.abs(element * b[k]!.data[i]!);
    });
  });
  return { value, scale };
}

/** @throws unless both lists hold the same types and, to the sign of zero, the same numbers */
export function expectSameBits(received: readonly NdArray[], expected: readonly NdArray[]): void {
  expectClose(received, expected, 0);
}

/**
 * @param tolerance how far elements may be apart: relative above 1, absolute below; 0 means equal
 * @throws naming the first element that differs by more, and the largest difference
 */
export function expectClose(
  received: readonly NdArray[],
  expected: readonly NdArray[],
  tolerance: number,
): void {
  if (received.length !== expected.length) {
    throw new Error(`Expected ${expected.length} results, received ${received.length}`);
  }
  received.forEach((array, k) => {
    const right = expected[k]!;
    if (!sameType(array, right) || array.data.length !== right.data.length) {
      throw new Error(`Result ${k}: expected ${showType(right)}, received ${showType(array)}`);
    }
    const at = array.data.findIndex((x, i) => !isNear(x, right.data[i]!, tolerance));
    if (at < 0) return;
    const differences = Array.from(array.data, (x, i) => Math.abs(x - right.data[i]!));
    throw new Error(
      `Result ${k} ${showType(right)}, element ${at}: expected ${show(right.data[at]!)}, ` +
        `received ${show(array.data[at]!)}, maxdiff ${Math.max(...differences)}`,
    );
  });
}

function isNear(x: number, expected: number, tolerance: number): boolean {
  if (Object.is(x, expected)) return true;
  const room = tolerance * Math.max(1, Math.abs(expected));
  return room > 0 && Number.isFinite(expected) && Math.abs(x - expected) <= room;
}

function show(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}
