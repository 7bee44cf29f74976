// Whether probabilities come true as often as they say: the reliability diagram, and what it adds up to.

import {
  count,
  expectArgument,
  expectOptions,
  index,
  type Kinds,
  oneOf,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Examples } from "../../data/dataset.ts";
import { quantileOfSorted, sortedNumbers } from "../../tensor/statistics/sorted.ts";
import {
  labelsOf,
  largest,
  PREDICTIONS,
  type Predictions,
  probabilitiesOf,
} from "../model/predictions.ts";

/** Options of calibrationOf(). */
export interface CalibrationOptions {
  /** 10 by default. */
  readonly bins?: number;
  /** Bins as wide as each other (the default), or with as many examples. */
  readonly strategy?: "uniform" | "quantile";
  /** Judge the probability of this class; by default that of class 1 of one output, else of the class that is predicted. */
  readonly ofClass?: number;
}

/** Examples whose probabilities are alike. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The mean of their probabilities. */
  readonly predicted: number;
  /** How often they came true. */
  readonly observed: number;
}

/** How far probabilities can be trusted. */
export interface Calibration {
  /** Those that hold an example, from the lowest probability on. */
  readonly bins: readonly CalibrationBin[];
  /** The mean distance of predicted from observed, weighted by examples (Guo et al. 2017, equation 3). */
  readonly expectedError: number;
  /** The largest of these distances. */
  readonly largestError: number;
  /**
   * The mean squared distance of probabilities from what came true (Brier 1950): of the class that is judged, or
   * else summed over all classes, which for two classes is twice that of one output.
   */
  readonly brier: number;
}

const OPTIONS: Kinds<CalibrationOptions> = {
  bins: count,
  strategy: oneOf("uniform", "quantile"),
  ofClass: index,
};

/**
 * The reliability of probabilities over examples, as scikit-learn's calibration_curve and brier_score_loss: a
 * probability on the border of two bins counts for the upper one.
 * @throws ShapeError where there are not as many predictions as examples
 * @throws ArgumentError for no examples, labels without a class, and for what are no probabilities
 */
export function calibrationOf(
  examples: Pick<Examples, "y">,
  predictions: Predictions,
  options: CalibrationOptions = {},
): Calibration {
  const where = "calibrationOf";
  expectArgument(where, "predictions", predictions, PREDICTIONS);
  expectOptions(where, options, OPTIONS);
  const { bins = 10, strategy = "uniform" } = options;
  const labels = labelsOf(examples);
  if (labels.length !== predictions.count) {
    throw new ShapeError(
      `${where}: expected as many predictions as examples, received ${predictions.count} and ${labels.length}`,
    );
  }
  if (labels.length === 0) throw new ArgumentError(`${where}: there are no examples to judge`);
  const classes = Math.max(predictions.outputs, 2);
  const ofClass = options.ofClass ?? (predictions.outputs === 1 ? 1 : undefined);
  if (ofClass !== undefined && ofClass >= classes) {
    throw new ArgumentError(`${where}: there are ${classes} classes, none of them is ${ofClass}`);
  }
  const judged = labels.map((label, row): Judged => {
    const shares = probabilitiesOf(predictions, row);
    expectShares(shares, label, row);
    const judgedClass = ofClass ?? largest(shares);
    const squares = shares.map((share, c) => (share - (c === label ? 1 : 0)) ** 2);
    return {
      probability: shares[judgedClass]!,
      isRight: judgedClass === label,
      brier: ofClass === undefined ? squares.reduce((a, b) => a + b, 0) : squares[ofClass]!,
    };
  });
  return summed(judged, edgesOf(judged, bins, strategy));
}

interface Judged {
  readonly probability: number;
  readonly isRight: boolean;
  readonly brier: number;
}

function expectShares(shares: readonly number[], label: number, row: number): void {
  if (!Number.isInteger(label) || label < 0 || label >= shares.length) {
    throw new ArgumentError(
      `calibrationOf: expected classes from 0 to ${shares.length - 1}, received ${label} in row ${row}`,
    );
  }
  const wrong = shares.find((share) => !(share >= 0 && share <= 1));
  if (wrong === undefined) return;
  throw new ArgumentError(
    `calibrationOf: expected probabilities from 0 to 1, received ${wrong} in row ${row}`,
  );
}

function edgesOf(judged: readonly Judged[], bins: number, strategy: string): number[] {
  const even = Array.from({ length: bins + 1 }, (_, i) => i / bins);
  if (strategy === "uniform") return even;
  const sorted = sortedNumbers(judged.map(({ probability }) => probability));
  return [...new Set(even.map((share) => quantileOfSorted(sorted, share)))];
}

function summed(judged: readonly Judged[], edges: readonly number[]): Calibration {
  const inner = edges.slice(1, -1);
  const members = edges.slice(0, Math.max(edges.length - 1, 1)).map((): Judged[] => []);
  for (const one of judged) {
    const above = inner.findIndex((edge) => one.probability < edge);
    members[above < 0 ? members.length - 1 : above]!.push(one);
  }
  const bins = members.flatMap((own, i): CalibrationBin[] => {
    if (own.length === 0) return [];
    const predicted = own.reduce((sum, { probability }) => sum + probability, 0) / own.length;
    const observed = own.filter(({ isRight }) => isRight).length / own.length;
    return [
      { from: edges[i]!, to: edges[i + 1] ?? edges[i]!, count: own.length, predicted, observed },
    ];
  });
  const distances = bins.map(({ predicted, observed }) => Math.abs(predicted - observed));
  const weighted = distances.map((distance, i) => distance * bins[i]!.count);
  return {
    bins,
    expectedError: weighted.reduce((sum, one) => sum + one, 0) / judged.length,
    largestError: Math.max(...distances),
    brier: judged.reduce((sum, { brier }) => sum + brier, 0) / judged.length,
  };
}
