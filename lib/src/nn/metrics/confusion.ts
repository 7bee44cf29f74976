// Which class is taken for which, and the figures that follow: precision, recall, F1.

import { ArgumentError } from "../../ir/errors.ts";
import { unknownName } from "../../ir/nearest.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { classesOf } from "./metric.ts";

/** counts[t][p]: examples of class t that were taken for class p. */
export type ConfusionMatrix = readonly (readonly number[])[];

export interface ClassScores {
  /** Of the examples taken for the class, the share that is of it; 0 where none was. */
  readonly precision: number;
  /** Of the examples of the class, the share taken for it; 0 where there is none. */
  readonly recall: number;
  /** The harmonic mean of both; 0 where both are. */
  readonly f1: number;
  /** Examples of the class. */
  readonly support: number;
}

/** @throws ArgumentError for a label that is not a class */
export function confusionMatrix(
  target: Tensor,
  prediction: Tensor,
  options: { readonly threshold?: number } = {},
): number[][] {
  const { target: right, predicted, count } = classesOf(target, prediction, options.threshold);
  const counts = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  predicted.forEach((p, i) => {
    const row = counts[right[i]!];
    if (!row) {
      throw new ArgumentError(
        `confusionMatrix: expected labels from 0 to ${count - 1}, received ${right[i]}`,
      );
    }
    row[p]! += 1;
  });
  return counts;
}

/** The scores of every class. */
export function classScores(counts: ConfusionMatrix): ClassScores[] {
  return counts.map((row, c) => {
    const support = total(row);
    const taken = total(counts.map((other) => other[c]!));
    return { ...scores(row[c]!, taken, support), support };
  });
}

/**
 * One score for all classes: "macro", the mean over classes; "micro", the score of all decisions
 * together; "binary", the score of class 1.
 */
export function averageScore(
  score: "precision" | "recall" | "f1",
  counts: ConfusionMatrix,
  average: string,
): number {
  const perClass = classScores(counts);
  if (average === "macro") return total(perClass.map((c) => c[score])) / perClass.length;
  if (average === "binary" && perClass.length === 2) return perClass[1]![score];
  if (average === "micro") {
    const hits = total(counts.map((row, c) => row[c]!));
    const all = total(counts.map(total));
    return scores(hits, all, all)[score];
  }
  if (average === "binary") {
    throw new ArgumentError(`${score}: "binary" needs 2 classes, received ${perClass.length}`);
  }
  throw unknownName(`average of ${score}`, average, ["macro", "micro", "binary"]);
}

function scores(hits: number, taken: number, support: number) {
  const precision = taken === 0 ? 0 : hits / taken;
  const recall = support === 0 ? 0 : hits / support;
  const f1 = hits === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
