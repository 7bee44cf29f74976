// Numerical differentiation: difference quotients over step sizes, and how far each is from the exact
// derivative. Too large a step errs by the curve, too small a one by rounding.

import {
  expectArgument,
  expectOptions,
  func,
  type Kinds,
  listOf,
  number,
  positive,
  worded,
} from "../../checks/arguments.ts";

/** The difference quotients of one step size. */
export interface DifferenceRow {
  /** The distance of the points, Δ. */
  readonly stepSize: number;
  /** (f(x + Δ) - f(x)) / Δ. */
  readonly forward: number;
  /** (f(x + Δ) - f(x - Δ)) / 2Δ. */
  readonly central: number;
  /** Distances from the exact derivative; null where one of the two is not finite. */
  readonly forwardError: number | null;
  readonly centralError: number | null;
}

/** A derivative by difference quotients, for ever smaller steps; what differencesOf() gives. */
export interface Differences {
  /** The derivative that the quotients are compared with. */
  readonly exact: number;
  readonly rows: readonly DifferenceRow[];
  /** The step size of the least error, the larger of equals; null where no quotient is finite. */
  readonly bestForward: number | null;
  readonly bestCentral: number | null;
}

/** Options of differencesOf(). */
export interface DifferenceOptions {
  /** Step sizes; 1e-1, 1e-2, … 1e-15 where they are left out. */
  readonly stepSizes?: readonly number[];
}

const OPTIONS: Kinds<DifferenceOptions> = {
  stepSizes: worded("a list of numbers above 0", listOf(positive)),
};

const STEP_SIZES = Array.from({ length: 15 }, (_, i) => Number(`1e-${i + 1}`));

/**
 * Forward and central differences of f at x, in float64.
 * @param exact the derivative, as automatic differentiation gives it
 */
export function differencesOf(
  f: (x: number) => number,
  x: number,
  exact: number,
  options: DifferenceOptions = {},
): Differences {
  expectArgument("differencesOf", "f", f, func);
  expectArgument("differencesOf", "x", x, number);
  expectArgument("differencesOf", "exact", exact, number);
  expectOptions("differencesOf", options, OPTIONS);
  const middle = f(x);
  const errorOf = (slope: number) => {
    const error = Math.abs(slope - exact);
    return Number.isFinite(error) ? error : null;
  };
  const rows = (options.stepSizes ?? STEP_SIZES).map((stepSize): DifferenceRow => {
    const forward = (f(x + stepSize) - middle) / stepSize;
    const central = (f(x + stepSize) - f(x - stepSize)) / (2 * stepSize);
    const [forwardError, centralError] = [errorOf(forward), errorOf(central)];
    return { stepSize, forward, central, forwardError, centralError };
  });
  const best = (error: (row: DifferenceRow) => number | null) => {
    let found: DifferenceRow | null = null;
    for (const row of rows) {
      const own = error(row);
      if (own !== null && (found === null || own < error(found)!)) found = row;
    }
    return found?.stepSize ?? null;
  };
  return {
    exact,
    rows,
    bestForward: best((row) => row.forwardError),
    bestCentral: best((row) => row.centralError),
  };
}
