// Where batches come from that are not all in memory: generators, async iterables, or a function that makes one.

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

export function isIterable(x: unknown): x is BatchIterable {
  return typeof x === "object" && x !== null && (Symbol.asyncIterator in x || Symbol.iterator in x);
}
