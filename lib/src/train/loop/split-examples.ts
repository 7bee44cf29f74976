// Examples as they are trained on: checked for a model and its losses, and parted for validation.

import { expectOptions } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { examplesBetween, examplesFor, type ModelExamples } from "../batches/examples.ts";
import { expectFiniteExamples } from "../batches/expect-examples.ts";
import type { RowsOf } from "../batches/rows.ts";
import { trainingRows } from "../batches/split.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import {
  EXAMPLE_WEIGHTS,
  type ExampleWeights,
  readWeights,
  type TrainingWeights,
} from "../weights/weights.ts";
import { checkTargets } from "./targets.ts";

/** Which examples are kept to judge by. */
export interface ValidationOptions {
  /** The last part of the examples, from 0 to below 1, kept for validation; taken before shuffling. */
  readonly validationSplit?: number;
  /** Examples, targets and, where they do not all count alike, `{ sampleWeight, mask }`. */
  readonly validationData?: readonly [x: RowsOf, y: RowsOf, weights?: ExampleWeights];
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
  { validationSplit = 0, validationData, ...weights }: ValidationOptions & TrainingWeights,
): SplitExamples {
  const whole = checkedExamples(where, instance, training, x, y, weights);
  if (validationData) {
    const place = `${where}: validationData`;
    expectOptions(place, validationData[2], EXAMPLE_WEIGHTS);
    const validation = checkedExamples(place, instance, training, ...validationData);
    return { train: whole, validation };
  }
  const kept = trainingRows(whole.count, validationSplit);
  if (kept === whole.count) return { train: whole, validation: null };
  if (kept === 0) {
    throw new ArgumentError(
      `${where}: expected validationSplit to leave an example to train on, received ${validationSplit} ` +
        `for ${whole.count} of them`,
    );
  }
  // Classes weigh in training alone: what is judged by counts as it comes.
  const { classWeight, ...own } = weights;
  const judged = classWeight === undefined ? whole : withWeights(where, instance, whole, own);
  return {
    train: examplesBetween(whole, 0, kept),
    validation: examplesBetween(judged, kept, whole.count),
  };
}

/** Examples that can be trained on, with what they weigh. */
export function checkedExamples(
  where: string,
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  weights: TrainingWeights = {},
): ModelExamples {
  const examples = examplesFor(where, instance, x, y);
  checkTargets(where, training, examples.y);
  expectFiniteExamples(where, examples.x, examples.y, instance.network.readsGaps);
  return withWeights(where, instance, examples, weights);
}

function withWeights(
  where: string,
  { network: { outputShapes }, dtype }: Instance,
  { w: _, ...examples }: ModelExamples,
  weights: TrainingWeights,
): ModelExamples {
  const w = readWeights(weights, { where, y: examples.y, outputShapes, dtype });
  return w ? { ...examples, w } : examples;
}
