// Examples as arrays: rows picked out, put in order, cut into batches.

import { allocate, type DataArray } from "../ir/dtype.ts";
import { ArgumentError, ShapeError } from "../ir/errors.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import type { NdArray } from "../ops/define.ts";
import { Tensor } from "../runtime/tensor.ts";

/** What fit(), evaluate() and predict() take: a tensor or an array; several for several inputs. */
export type Rows = Tensor | NdArray;
export type RowsOf = Rows | readonly Rows[];

/** Inputs or targets as arrays, each with the examples along its first axis. */
export function toArrays(what: string, examples: RowsOf): NdArray[] {
  const list = Array.isArray(examples) ? examples : [examples as Rows];
  return list.map((one: Rows) => {
    const array = one instanceof Tensor ? { ...one.type, data: one.data } : one;
    if (array.shape.length === 0) {
      throw new ShapeError(`${what}: expected examples along the first axis, received a scalar`);
    }
    return array;
  });
}

/** The number of examples. @throws ShapeError where arrays differ, ArgumentError where there are none */
export function countExamples(what: string, x: readonly NdArray[], y: readonly NdArray[]): number {
  const count = x[0]?.shape[0] ?? 0;
  const other = [...x, ...y].find((array) => array.shape[0] !== count);
  if (other) {
    throw new ShapeError(
      `${what}: expected as many targets as examples, received ${showShape(x[0]!.shape)} and ` +
        showShape(other.shape),
    );
  }
  if (count === 0) throw new ArgumentError(`${what}: expected at least one example, received none`);
  return count;
}

/** The rows at `places`, copied. */
export function takeRows(array: NdArray, places: ArrayLike<number>): NdArray {
  const size = sizeOf(array.shape.slice(1));
  const data = allocate(array.dtype, places.length * size);
  for (let i = 0; i < places.length; i++) {
    const from = places[i]! * size;
    data.set(array.data.subarray(from, from + size), i * size);
  }
  return { dtype: array.dtype, shape: [places.length, ...array.shape.slice(1)], data };
}

/** Rows from..to, without copying. */
export function rowsBetween(array: NdArray, from: number, to: number): NdArray {
  const size = sizeOf(array.shape.slice(1));
  const data: DataArray = array.data.subarray(from * size, to * size);
  return { dtype: array.dtype, shape: [to - from, ...array.shape.slice(1)], data };
}

export function toTensor({ dtype, shape, data }: NdArray): Tensor {
  return new Tensor({ type: { dtype, shape }, known: data });
}

/** Arrays end to end along the first axis. */
export function joinRows(parts: readonly NdArray[]): NdArray {
  const [first] = parts;
  const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const shape = [rows, ...first!.shape.slice(1)];
  const data = allocate(first!.dtype, sizeOf(shape));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { dtype: first!.dtype, shape, data };
}

/** Examples and how they are cut into batches. */
export interface Batches {
  readonly x: readonly NdArray[];
  readonly y: readonly NdArray[];
  readonly count: number;
  readonly size: number;
}

/** The rows of one step, copied out of the examples. */
export function batchOf(
  { x, y, size, count }: Batches,
  order: Int32Array,
  step: number,
): { readonly x: Tensor[]; readonly y: Tensor[]; readonly rows: number } {
  const places = order.subarray(step * size, Math.min(step * size + size, count));
  const rows = (arrays: readonly NdArray[]) => arrays.map((a) => toTensor(takeRows(a, places)));
  return { x: rows(x), y: rows(y), rows: places.length };
}
