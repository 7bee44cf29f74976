// Between which numbers a column's values are expected: Tukey's outer fences.

/** Below `low` and above `high` a number is far out. */
export interface Fences {
  readonly low: number;
  readonly high: number;
}

/**
 * Three distances of the quartiles beyond them (Tukey, Exploratory Data Analysis, 2D). Where half of all numbers are
 * the same no number is far out: there is nothing to measure by.
 */
export function farFences(lower: number, upper: number, reach = 3): Fences {
  if (!(upper > lower)) return { low: -Infinity, high: Infinity };
  return { low: lower - reach * (upper - lower), high: upper + reach * (upper - lower) };
}
