// Products added up: floats in double precision, integers modulo 2^32 (their product alone can need
// more bits than a double has).

import type { DataArray } from "../../ir/dtype.ts";

/** total[to + k] += factor * row[from + k] for k < length. */
export function addScaled(
  total: Float64Array,
  to: number,
  factor: number,
  row: DataArray,
  from: number,
  length: number,
): void {
  if (isFloatArray(row)) {
    for (let k = 0; k < length; k++) total[to + k] = total[to + k]! + factor * row[from + k]!;
  } else {
    for (let k = 0; k < length; k++) {
      total[to + k] = total[to + k]! + Math.imul(factor, row[from + k]!);
    }
  }
}

/** sum + the inner product of a[aAt…] and b[bAt…], `length` elements each, in order. */
export function addProducts(
  sum: number,
  a: DataArray,
  aAt: number,
  b: DataArray,
  bAt: number,
  length: number,
): number {
  if (isFloatArray(a)) {
    for (let k = 0; k < length; k++) sum += a[aAt + k]! * b[bAt + k]!;
  } else {
    for (let k = 0; k < length; k++) sum += Math.imul(a[aAt + k]!, b[bAt + k]!);
  }
  return sum;
}

function isFloatArray(data: DataArray): boolean {
  return data instanceof Float32Array || data instanceof Float64Array;
}
