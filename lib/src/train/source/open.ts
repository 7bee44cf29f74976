// Opens sources of batches, and reads what a batch holds.

import { show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { RowsOf } from "../batches/rows.ts";
import type { ExampleWeights } from "../weights/weights.ts";
import { type Batch, type BatchSource, isIterable } from "./source.ts";

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
