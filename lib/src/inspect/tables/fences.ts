// Between which numbers a column's values are expected: Tukey's outer fences.

import { quantileOfSorted } from "../../tensor/statistics/sorted.ts";

/** Below `low` and above `high` a number is far out. */
export interface Fences {
  readonly low: number;
  readonly high: number;
}

/**
 * Three distances of the quartiles beyond them (Tukey, Exploratory Data Analysis, 2D). Where half of all numbers are
 * the same no number is far out: there is nothing to measure by.
 * @param sorted finite numbers from the smallest on
 */
export function farFences(sorted: Float64Array, reach = 3): Fences {
  const [lower, upper] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)];
  if (!(upper > lower)) return { low: -Infinity, high: Infinity };
  return { low: lower - reach * (upper - lower), high: upper + reach * (upper - lower) };
}
