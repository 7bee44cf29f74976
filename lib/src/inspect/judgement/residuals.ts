// What predicted values miss: how much, in which direction, and where most.

import {
  expectArgument,
  expectOptions,
  index,
  type Kind,
  type Kinds,
} from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { quantileOfSorted, sortedNumbers } from "../../tensor/statistics/sorted.ts";

/** Options of residualsOf(). */
export interface MissedOptions {
  /** How many of the worst rows to name; 10 by default. */
  readonly worst?: number;
}

/** A row that was predicted. */
export interface MissedRow {
  /** Counted from 0. */
  readonly row: number;
  readonly target: number;
  readonly predicted: number;
  /** Target less prediction. */
  readonly residual: number;
}

/** Residuals, each a target less its prediction, in the target's units. */
export interface Residuals {
  readonly count: number;
  /** Their mean: above 0 where too little is predicted. */
  readonly bias: number;
  readonly meanAbsolute: number;
  readonly medianAbsolute: number;
  readonly rootMeanSquare: number;
  /** The largest distance. */
  readonly largest: number;
  /** 1 less the squares of residuals by those of distances from the mean; null where all targets are alike. */
  readonly r2: number | null;
  /** Below each lies a share of the residuals: 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1. */
  readonly quantiles: readonly { readonly share: number; readonly value: number }[];
  /** The rows that were missed most, the worst first. */
  readonly worst: readonly MissedRow[];
}

const OPTIONS: Kinds<MissedOptions> = { worst: index };
const VALUES: Kind<ArrayLike<number>> = {
  says: "a list of numbers or a typed array",
  fits: (value) => Array.isArray(value) || ArrayBuffer.isView(value),
};
const SHARES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

/**
 * Residuals of predicted values, summed up as scikit-learn's metrics of regression, with the worst rows.
 * @throws ShapeError where there are not as many predictions as targets
 * @throws ArgumentError for none at all, and for numbers that are not finite, naming the row
 */
export function residualsOf(
  targets: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: MissedOptions = {},
): Residuals {
  expectArgument("residualsOf", "targets", targets, VALUES);
  expectArgument("residualsOf", "predicted", predicted, VALUES);
  expectOptions("residualsOf", options, OPTIONS);
  const { worst = 10 } = options;
  const residuals = differences(targets, predicted);
  // Of a million rows there is no memory for an object each.
  const sizes = residuals.map(Math.abs);
  const squares = meanOf(residuals, (residual) => residual ** 2);
  const center = meanOf(targets, (target) => target);
  const around = meanOf(targets, (target) => (target - center) ** 2);
  let isAlike = true;
  for (let row = 1; row < targets.length && isAlike; row++) isAlike = targets[row] === targets[0];
  const sorted = sortedNumbers(residuals);
  const bySize = sortedNumbers(sizes);
  return {
    count: residuals.length,
    bias: meanOf(residuals, (residual) => residual),
    meanAbsolute: meanOf(sizes, (size) => size),
    medianAbsolute: quantileOfSorted(bySize, 0.5),
    rootMeanSquare: Math.sqrt(squares),
    largest: bySize.at(-1)!,
    r2: isAlike ? null : 1 - squares / around,
    quantiles: SHARES.map((share) => ({ share, value: quantileOfSorted(sorted, share) })),
    worst: worstRows(sizes, bySize, worst).map((row) => ({
      ...{ row, target: targets[row]!, predicted: predicted[row]!, residual: residuals[row]! },
    })),
  };
}

/** @param bySize the same, sorted */
function worstRows(sizes: Float64Array, bySize: Float64Array, worst: number): number[] {
  const { length } = sizes;
  if (worst === 0) return [];
  const least = bySize[Math.max(0, length - worst)]!;
  const rows: number[] = [];
  for (let row = 0; row < length; row++) if (sizes[row]! > least) rows.push(row);
  // Of those that are as bad as the last of them the first rows.
  for (let row = 0; row < length && rows.length < worst; row++) {
    if (sizes[row] === least) rows.push(row);
  }
  return rows.sort((a, b) => sizes[b]! - sizes[a]! || a - b);
}

function differences(targets: ArrayLike<number>, predicted: ArrayLike<number>): Float64Array {
  if (targets.length !== predicted.length) {
    throw new ShapeError(
      `residualsOf: expected as many predictions as targets, received ${predicted.length} and ${targets.length}`,
    );
  }
  if (targets.length === 0) throw new ArgumentError("residualsOf: there are no rows to judge");
  return Float64Array.from({ length: targets.length }, (_, row) => {
    const [target, value] = [targets[row]!, predicted[row]!];
    if (Number.isFinite(target) && Number.isFinite(value)) return target - value;
    throw new ArgumentError(
      `residualsOf: expected finite numbers, received target ${target} and prediction ${value} in row ${row}`,
    );
  });
}

function meanOf(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += of(values[row]!);
  return sum / values.length;
}
