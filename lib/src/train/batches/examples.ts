// Examples as arrays: read for a model, rows picked out, put in order, cut into batches.

import { allocate, type DataArray } from "../../ir/dtype.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { FloatDType } from "../../nn/layers/layer.ts";
import type { Network } from "../../nn/network/network.ts";
import type { NdArray } from "../../ops/define.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { expectInputShapes, expectSameCount } from "./expect-examples.ts";
import { readRows } from "./rows.ts";

/** Inputs and targets that fit a model, one array for each input and output, and how many there are. */
export interface ModelExamples {
  readonly x: readonly NdArray[];
  readonly y: readonly NdArray[];
  /**
   * What examples weigh, one array for each output: [examples], or [examples, ...] for a weight at each of
   * their places. -1 stands for what is masked. Left out where all count alike.
   */
  readonly w?: readonly NdArray[];
  readonly count: number;
}

/** What is asked of a model before examples are read for it. */
interface Reader {
  readonly network: Network;
  readonly dtype: FloatDType;
}

/**
 * What a user hands in, read and checked.
 * @param where the function that was called, as errors name it
 * @throws ArgumentError, ShapeError or DTypeError for what are no examples for this model
 */
export function examplesFor(where: string, model: Reader, x: unknown, y: unknown): ModelExamples {
  const inputs = inputsFor(where, model, x).x;
  const { network, dtype } = model;
  const count = network.outputShapes.length;
  const targets = readRows(y, { where, name: "y", count, dtype });
  return { x: inputs, y: targets, count: expectSameCount(where, inputs, targets) };
}

/** Inputs alone, read and checked as `examplesFor` does. */
export function inputsFor(where: string, model: Reader, x: unknown): Omit<ModelExamples, "y"> {
  const { dtype } = model;
  const { inputShapes } = model.network;
  const inputs = readRows(x, { where, name: "x", count: inputShapes.length, dtype });
  expectInputShapes(where, inputs, inputShapes);
  return { x: inputs, count: expectSameCount(where, inputs, []) };
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
export interface Batches extends ModelExamples {
  readonly size: number;
  /** Examples of a step whose gradients are computed at once; all by default. */
  readonly part?: number | undefined;
  /** Epochs whose order is given at once; 1 by default. More only where all steps have as many examples. */
  readonly epochs?: number;
}

/** How large a step is that adds up the gradients of some batches, and what is computed at once. */
export function sizesOf(batchSize: number, accumulate: number): Pick<Batches, "size" | "part"> {
  return { size: batchSize * accumulate, part: accumulate > 1 ? batchSize : undefined };
}

/** The rows of one step, copied out of the examples. */
export function batchOf(
  batches: Batches,
  order: Int32Array,
  step: number,
): Record<"x" | "y" | "w", Tensor[]> & { readonly rows: number } {
  const { size } = batches;
  return batchAt(batches, order.subarray(step * size, step * size + size));
}

/** The examples at some places, copied. */
export function batchAt(
  { x, y, w = [] }: ModelExamples,
  places: Int32Array,
): Record<"x" | "y" | "w", Tensor[]> & { readonly rows: number } {
  const rows = (arrays: readonly NdArray[]) => arrays.map((a) => toTensor(takeRows(a, places)));
  return { x: rows(x), y: rows(y), w: rows(w), rows: places.length };
}

/** All examples as one batch. */
export function tensorsOf({
  x,
  y,
  w = [],
  count,
}: ModelExamples): Record<"x" | "y" | "w", Tensor[]> & { readonly rows: number } {
  return { x: x.map(toTensor), y: y.map(toTensor), w: w.map(toTensor), rows: count };
}

/** Examples from..to, without copying. */
export function examplesBetween(
  { x, y, w }: ModelExamples,
  from: number,
  to: number,
): ModelExamples {
  const cut = (arrays: readonly NdArray[]) => arrays.map((array) => rowsBetween(array, from, to));
  return { x: cut(x), y: cut(y), ...(w && { w: cut(w) }), count: to - from };
}
