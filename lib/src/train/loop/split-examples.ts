// Examples as they are trained on: checked for a model and its losses, and parted for validation.

import { ArgumentError } from "../../checks/errors.ts";
import { examplesFor, type ModelExamples, rowsBetween } from "../batches/examples.ts";
import { expectFiniteExamples } from "../batches/expect-examples.ts";
import type { RowsOf } from "../batches/rows.ts";
import { trainingRows } from "../batches/split.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { checkTargets } from "./targets.ts";

/** Which examples are kept to judge by. */
export interface ValidationOptions {
  /** The last part of the examples, from 0 to below 1, kept for validation; taken before shuffling. */
  readonly validationSplit?: number;
  readonly validationData?: readonly [x: RowsOf, y: RowsOf];
}

/** Examples to train on and, where there are any, to judge by. */
export interface SplitExamples {
  readonly train: ModelExamples;
  readonly validation: ModelExamples | null;
}

/**
 * @param where the function that was called, as errors name it
 * @throws ArgumentError, ShapeError or DTypeError for what cannot be trained on
 */
export function splitForValidation(
  where: string,
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  { validationSplit = 0, validationData }: ValidationOptions,
): SplitExamples {
  const whole = checked(where, instance, training, x, y);
  if (validationData) {
    const place = `${where}: validationData`;
    return { train: whole, validation: checked(place, instance, training, ...validationData) };
  }
  const kept = trainingRows(whole.count, validationSplit);
  if (kept === whole.count) return { train: whole, validation: null };
  if (kept === 0) {
    throw new ArgumentError(
      `${where}: expected validationSplit to leave an example to train on, received ${validationSplit} ` +
        `for ${whole.count} of them`,
    );
  }
  const cut = (from: number, to: number): ModelExamples => ({
    x: whole.x.map((array) => rowsBetween(array, from, to)),
    y: whole.y.map((array) => rowsBetween(array, from, to)),
    count: to - from,
  });
  return { train: cut(0, kept), validation: cut(kept, whole.count) };
}

/** Examples that can be trained on. */
function checked(
  where: string,
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
): ModelExamples {
  const examples = examplesFor(where, instance, x, y);
  checkTargets(where, training, examples.y);
  expectFiniteExamples(where, examples.x, examples.y);
  return examples;
}
