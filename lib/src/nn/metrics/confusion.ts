// Which class is taken for which, and the figures that follow: precision, recall, F1.

import {
  expectArgument,
  expectOptions,
  finite,
  type Kinds,
  listOf,
  oneOf,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { expectTargets } from "../targets/index.ts";
import { averageOfClasses } from "./averages.ts";
import { decisions } from "./classes.ts";
import { meaningOfValues } from "./family.ts";
import { SCORES, type Score, type ScoreName, scoresOf } from "./scores.ts";

/**
 * counts[t][p]: examples of class t that were taken for class p. Where an output is NaN nothing is
 * predicted: such examples stand in one more column, which there is only if there are any.
 */
export type ConfusionMatrix = readonly (readonly number[])[];

/** How well one class is told from the others. */
export interface ClassScores extends Score {
  /** Examples of the class. */
  readonly support: number;
}

/** Options of confusionMatrix(), where predictions become classes. */
export interface ConfusionOptions {
  /** Where a single output is split; by default 0.5, or 0 where targets are -1 and 1. */
  readonly threshold?: number;
}

const OPTIONS: Kinds<ConfusionOptions> = { threshold: finite };

/**
 * [classes, classes] counts of examples: rows are what they are, columns what they were taken for.
 * @throws ArgumentError for a target that tells no class, ShapeError for one that does not fit
 */
export function confusionMatrix(
  target: Tensor,
  prediction: Tensor,
  options: ConfusionOptions = {},
): number[][] {
  expectArgument("confusionMatrix", "the target", target, tensorKind);
  expectArgument("confusionMatrix", "the prediction", prediction, tensorKind);
  expectOptions("confusionMatrix", options, OPTIONS);
  const rows = { shape: target.type.shape, data: target.data };
  const meaning = meaningOfValues(rows.data);
  expectTargets("confusionMatrix", null, "classes", rows, prediction.type.shape);
  const { threshold = "auto" } = options;
  const made = decisions(target, prediction, threshold, meaning);
  const [right, predicted, isMade] = [made.target.data, made.predicted.data, made.isMade.data];
  const columns = made.classes + (isMade.includes(0) ? 1 : 0);
  const counts = Array.from({ length: made.classes }, () => new Array<number>(columns).fill(0));
  for (let i = 0; i < right.length; i++) {
    counts[right[i]!]![isMade[i] ? predicted[i]! : made.classes]! += 1;
  }
  return counts;
}

/** The scores of every class. @throws ArgumentError for what is no confusion matrix */
export function classScores(counts: ConfusionMatrix): ClassScores[] {
  return tallies("classScores", counts).map(scoresOf);
}

/**
 * One score for all classes: "macro", the mean over classes, where those that occur nowhere count as 0;
 * "micro", the score of all decisions together; "binary", the score of class 1.
 * @throws ArgumentError for an unknown score or average, or "binary" for other than 2 classes
 */
export function averageScore(score: ScoreName, counts: ConfusionMatrix, average: string): number {
  expectArgument("averageScore", "the score", score, oneOf(...SCORES));
  return averageOfClasses(score, tallies("averageScore", counts), average);
}

const MATRIX = listOf(listOf(finite));

function tallies(where: string, counts: ConfusionMatrix) {
  expectArgument(where, "the confusion matrix", counts, MATRIX);
  if (counts.length === 0 || counts.some((row) => row.length < counts.length)) {
    throw new ArgumentError(`${where}: expected a row and a column for every class`);
  }
  return counts.map((row, c) => ({
    hits: row[c]!,
    taken: counts.reduce((sum, other) => sum + other[c]!, 0),
    support: row.reduce((sum, count) => sum + count, 0),
  }));
}
