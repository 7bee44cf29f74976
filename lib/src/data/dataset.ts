// What every data set is: examples to learn from and examples to be judged by.

import { expectArgument, finite, type Kind, listOf, show } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { allocate } from "../ir/dtype.ts";
import { showType } from "../ir/type.ts";
import type { NdArray } from "../ops/define.ts";

/** Inputs and targets; row i of one belongs to row i of the other. */
export interface Examples {
  /** [n, ...inputShape] */
  readonly x: NdArray;
  /** int32 [n] of class numbers, or a float [n, outputs] of values. */
  readonly y: NdArray;
}

/** Examples in parts: what to train on, and what to test on. */
export interface Dataset {
  readonly name: string;
  /** How many classes there are, numbered from 0; null when the targets are values. */
  readonly classes: number | null;
  readonly train: Examples;
  /** Only in sets that come with a third part. */
  readonly validation?: Examples;
  readonly test: Examples;
}

const EXAMPLES: Kind = {
  says: "{ x, y }, two arrays { dtype, shape, data }",
  fits: (value) => isRecord(value) && isArray(value["x"]) && isArray(value["y"]),
};

function isArray(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value["shape"]) && ArrayBuffer.isView(value["data"]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * The number of examples.
 * @throws ArgumentError when inputs and targets do not have as many rows
 */
export function countExamples(examples: Examples): number {
  expectArgument("countExamples", "examples", examples, EXAMPLES);
  const { x, y } = examples;
  const count = x.shape[0];
  if (count === undefined || count !== y.shape[0]) {
    throw new ArgumentError(
      `examples: expected as many inputs as targets, received ${showType(x)} and ${showType(y)}`,
    );
  }
  return count;
}

/**
 * The examples of the given rows, in that order, copied.
 * @throws ArgumentError for a row that is not there
 */
export function pickExamples(examples: Examples, rows: ArrayLike<number>): Examples {
  const count = countExamples(examples);
  expectArgument("pickExamples", "rows", rows, ROWS);
  for (const row of Array.from(rows)) {
    if (Number.isInteger(row) && row >= 0 && row < count) continue;
    throw new ArgumentError(
      `pickExamples: expected rows of 0 to ${count - 1}, received ${show(row)}`,
    );
  }
  return { x: pickRows(examples.x, rows), y: pickRows(examples.y, rows) };
}

const ROWS: Kind = {
  says: "a list of row numbers",
  fits: (value) => Array.isArray(value) || ArrayBuffer.isView(value),
};

function pickRows({ dtype, shape, data }: NdArray, rows: ArrayLike<number>): NdArray {
  const width = data.length / shape[0]!;
  const out = allocate(dtype, rows.length === 0 ? 0 : rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    out.set(data.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  }
  return { dtype, shape: [rows.length, ...shape.slice(1)], data: out };
}

/**
 * Cuts examples into consecutive parts, which share their memory: `[50_000, 10_000]` gives two.
 * @throws ArgumentError when the sizes do not add up to the number of examples
 */
export function splitExamples(examples: Examples, sizes: readonly number[]): Examples[] {
  const count = countExamples(examples);
  expectArgument("splitExamples", "sizes", sizes, listOf(finite));
  const sum = sizes.reduce((total, size) => total + size, 0);
  if (sum !== count || sizes.some((size) => !Number.isInteger(size) || size < 0)) {
    throw new ArgumentError(
      `splitExamples: expected sizes that add up to ${count}, received ${sizes.join(" + ")}`,
    );
  }
  let start = 0;
  return sizes.map((size) => {
    const from = start;
    start += size;
    return { x: rowsOf(examples.x, from, start), y: rowsOf(examples.y, from, start) };
  });
}

function rowsOf({ dtype, shape, data }: NdArray, start: number, end: number): NdArray {
  const width = shape[0] === 0 ? 0 : data.length / shape[0]!;
  return {
    dtype,
    shape: [end - start, ...shape.slice(1)],
    data: data.subarray(start * width, end * width),
  };
}
