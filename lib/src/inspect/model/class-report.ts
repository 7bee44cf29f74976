// How well a model tells classes apart: class by class, and the mistakes it is most sure of.

import { expectArgument } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import type { Examples } from "../../data/dataset.ts";
import { type ClassScores, classScores, confusionMatrix } from "../../nn/metrics/confusion.ts";
import { fromData } from "../../tensor/create.ts";
import {
  labelsOf,
  largest,
  PREDICTIONS,
  type Predictions,
  probabilitiesOf,
} from "./predictions.ts";

/** How well classes are told apart. */
export interface ClassReport {
  /** counts[right class][class it was taken for] */
  readonly counts: readonly (readonly number[])[];
  /** Precision, recall and the like of every class. */
  readonly scores: readonly ClassScores[];
}

/**
 * Counts and scores of every class over examples and what a model says of them.
 * @throws ShapeError where there are not as many predictions as examples
 */
export function classReport(examples: Pick<Examples, "y">, predictions: Predictions): ClassReport {
  const labels = labelsFor("classReport", examples, predictions);
  const { count, outputs, values } = predictions;
  const counts = confusionMatrix(
    fromData(Int32Array.from(labels), [count], "int32"),
    fromData(Float32Array.from(values), [count, outputs], "float32"),
  );
  return { counts, scores: classScores(counts) };
}

/** An example that was taken for another class. */
export interface Mistake {
  /** Its place among the examples. */
  readonly row: number;
  readonly label: number;
  readonly predicted: number;
  /** Of the class it was taken for. */
  readonly probability: number;
}

/**
 * All examples that a model takes for another class than their own, those it is most sure of first.
 * @throws ShapeError where there are not as many predictions as examples
 */
export function mistakesOf(examples: Pick<Examples, "y">, predictions: Predictions): Mistake[] {
  const labels = labelsFor("mistakesOf", examples, predictions);
  const wrong = labels.flatMap((label, row): Mistake[] => {
    const shares = probabilitiesOf(predictions, row);
    const predicted = largest(shares);
    return predicted === label ? [] : [{ row, label, predicted, probability: shares[predicted]! }];
  });
  return wrong.sort((a, b) => b.probability - a.probability || a.row - b.row);
}

function labelsFor(where: string, examples: Pick<Examples, "y">, predictions: Predictions) {
  expectArgument(where, "predictions", predictions, PREDICTIONS);
  const labels = labelsOf(examples);
  if (labels.length === predictions.count) return labels;
  throw new ShapeError(
    `${where}: expected as many predictions as examples, received ${predictions.count} and ${labels.length}`,
  );
}
