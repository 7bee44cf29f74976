// The rows that are not masked: all that metrics see.

import { allocate } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** True where a weight is -1. */
export function isMasked(weights: NdArray | undefined): boolean {
  return weights?.data.some((weight: number) => weight < 0) ?? false;
}

/**
 * Targets and outputs without the elements of weight -1. Where there is one weight for every place of an
 * example, as for the steps of a sequence, each place becomes a row.
 * @param weights [batch, ...], or nothing where none is masked
 */
export function unmasked(
  target: NdArray,
  output: NdArray,
  weights: Tensor | undefined,
): readonly [NdArray, NdArray] {
  if (!weights) return [target, output];
  const { data } = weights;
  const places: number[] = [];
  for (let i = 0; i < data.length; i++) if (data[i]! >= 0) places.push(i);
  if (places.length === data.length && weights.rank === 1) return [target, output];
  return [target, output].map((array) => rowsAt(array, weights.rank, places)) as [NdArray, NdArray];
}

function rowsAt({ dtype, shape, data }: NdArray, axes: number, places: readonly number[]): NdArray {
  const row = shape.slice(axes);
  const size = sizeOf(row);
  const picked = allocate(dtype, places.length * size);
  places.forEach((place, i) => {
    picked.set(data.subarray(place * size, (place + 1) * size), i * size);
  });
  return { dtype, shape: [places.length, ...row], data: picked };
}
