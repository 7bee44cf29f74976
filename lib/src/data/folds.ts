// Examples in k parts, each of which is judged once by what the others teach.

import { expectOptions, flag, type Kinds, show, whole } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { countExamples, type Examples, pickExamples } from "./dataset.ts";
import { Rng } from "./random.ts";

/** Options of kFold(). */
export interface FoldOptions {
  /** Shuffles the rows before they are dealt; without it the parts are consecutive. */
  readonly seed?: number;
  /** Every part has as large a share of each class as the whole; targets are class numbers then. */
  readonly stratify?: boolean;
}

/** One way to part examples. */
export interface ExampleFold {
  readonly train: Examples;
  readonly validation: Examples;
}

export const FOLD_OPTIONS: Kinds<FoldOptions> = { seed: whole, stratify: flag };

/**
 * The k ways to keep one of k parts for validation (Stone 1974). Parts differ by one example at most, the larger
 * ones first, as in scikit-learn's KFold.
 * @throws ArgumentError for fewer than 2 parts, or more than there are examples
 */
export function kFold(examples: Examples, k: number, options: FoldOptions = {}): ExampleFold[] {
  const count = countExamples(examples);
  expectOptions("kFold", options, FOLD_OPTIONS);
  if (!(Number.isInteger(k) && k >= 2 && k <= count)) {
    throw new ArgumentError(
      `kFold: expected k from 2 to the ${count} examples that there are, received ${show(k)}`,
    );
  }
  const { seed, stratify = false } = options;
  const order = Array.from({ length: count }, (_, row) => row);
  if (seed !== undefined) new Rng(seed).shuffle(order);
  const parts = stratify ? dealt(byClass(examples, order, k), k) : cut(order, k);
  return parts.map((part, i) => ({
    train: pickExamples(examples, parts.filter((_, j) => j !== i).flat()),
    validation: pickExamples(examples, part),
  }));
}

function cut(order: readonly number[], k: number): number[][] {
  const [size, more] = [Math.floor(order.length / k), order.length % k];
  let from = 0;
  return Array.from({ length: k }, (_, i) => {
    const to = from + size + (i < more ? 1 : 0);
    const part = order.slice(from, to);
    from = to;
    return part;
  });
}

/** One to each part in turn: those of a class lie together, so that its shares differ by one at most. */
function dealt(order: readonly number[], k: number): number[][] {
  return Array.from({ length: k }, (_, i) => order.filter((_row, place) => place % k === i));
}

/** Rows class by class. @throws ArgumentError for targets that are no class numbers, and for rare classes */
function byClass({ y }: Examples, order: readonly number[], k: number): number[] {
  if (y.data.length !== order.length || y.data.some((label: number) => !Number.isInteger(label))) {
    throw new ArgumentError(
      `kFold: stratify: expected targets that are class numbers, one for each example`,
    );
  }
  const classes = new Map<number, number[]>();
  for (const row of order) {
    const label = y.data[row]!;
    const own = classes.get(label) ?? [];
    own.push(row);
    classes.set(label, own);
  }
  for (const [label, rows] of classes) {
    if (rows.length >= k) continue;
    throw new ArgumentError(
      `kFold: stratify: expected at least ${k} examples of each class, received ${rows.length} of class ${label}`,
    );
  }
  return [...classes.keys()].sort((a, b) => a - b).flatMap((label) => classes.get(label)!);
}
