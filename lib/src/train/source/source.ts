// Where batches come from that are not all in memory: generators, async iterables, or a function that makes one.

import { show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { RowsOf } from "../batches/rows.ts";
import type { ExampleWeights } from "../weights/weights.ts";

/** One batch: inputs, targets and, where examples do not all count alike, what they weigh. */
export type Batch =
  | readonly [x: RowsOf, y: RowsOf, sampleWeight?: RowsOf]
  | ({ readonly x: RowsOf; readonly y: RowsOf } & ExampleWeights);

/** BatchIterable one after the other. */
export type BatchIterable = Iterable<Batch> | AsyncIterable<Batch>;

/**
 * BatchIterable of every epoch. A function is called as each epoch begins; what can be iterated again, as an object
 * with [Symbol.asyncIterator]() that reads a file, is iterated for each; a generator runs once, so that several
 * epochs of it need stepsPerEpoch.
 */
export type BatchSource = BatchIterable | ((epoch: number) => BatchIterable);

export function isSource(x: unknown): x is BatchSource {
  if (typeof x === "function") return true;
  if (typeof x !== "object" || x === null) return false;
  if (x instanceof Tensor || Array.isArray(x) || ArrayBuffer.isView(x)) return false;
  return isIterable(x);
}

/** True for what can be targets: options are a plain object. */
export function isRows<T>(y: T | RowsOf): y is RowsOf {
  return typeof y === "object" && y !== null && (Array.isArray(y) || "data" in y || isView(y));
}

function isView(y: object): y is ArrayBufferView & ArrayLike<number> {
  return ArrayBuffer.isView(y);
}

function isIterable(x: unknown): x is BatchIterable {
  return typeof x === "object" && x !== null && (Symbol.asyncIterator in x || Symbol.iterator in x);
}

/** An iterator, and whether what it is working on can be asked for before it is needed. */
export interface Opened {
  readonly iterator: Iterator<Batch> | AsyncIterator<Batch>;
  readonly isAsync: boolean;
  /** True where the same iterator goes on in every epoch. */
  readonly isOnce: boolean;
}

/** @throws ArgumentError for a function that gives no batches */
export function openSource(where: string, source: BatchSource, epoch: number): Opened {
  const batches: unknown = typeof source === "function" ? source(epoch) : source;
  if (!isIterable(batches)) {
    throw new ArgumentError(
      `${where}: expected the function to give what can be iterated, as a generator, received ${show(batches)}`,
    );
  }
  const isAsync = Symbol.asyncIterator in batches;
  const iterator = isAsync
    ? batches[Symbol.asyncIterator]()
    : (batches as Iterable<Batch>)[Symbol.iterator]();
  const isOnce = typeof source !== "function" && (iterator as unknown) === batches;
  return { iterator, isAsync, isOnce };
}

/** What a batch holds. @throws ArgumentError for what is none */
export function partsOfBatch(
  where: string,
  batch: unknown,
): { readonly x: RowsOf; readonly y: RowsOf; readonly weights: ExampleWeights } {
  if (Array.isArray(batch) && (batch.length === 2 || batch.length === 3)) {
    const [x, y, sampleWeight] = batch;
    return { x, y, weights: sampleWeight === undefined ? {} : { sampleWeight } };
  }
  if (typeof batch === "object" && batch !== null && "x" in batch && "y" in batch) {
    const { x, y, ...weights } = batch as Extract<Batch, { x: unknown }>;
    return { x, y, weights };
  }
  throw new ArgumentError(
    `${where}: expected a batch [x, y], [x, y, sampleWeight] or { x, y, sampleWeight, mask }, ` +
      `received ${show(batch)}`,
  );
}
