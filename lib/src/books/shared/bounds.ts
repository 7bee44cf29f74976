// Claims that a book makes in words: more, less, at least. Where it prints no bound, the bound is the
// least that its words ask for.

import type { Claim } from "./claim.ts";

interface Words {
  /** Decimals to show ours with; 3 by default. */
  readonly places?: number;
  readonly note?: string;
}

/** Holds from the bound upwards. */
export function atLeast(name: string, bound: number, actual: number, words: Words = {}): Claim {
  return bounded(name, `>= ${bound}`, actual, actual >= bound, words);
}

/** Holds above the bound. */
export function above(name: string, bound: number, actual: number, words: Words = {}): Claim {
  return bounded(name, `> ${bound}`, actual, actual > bound, words);
}

/** Holds below the bound. */
export function below(name: string, bound: number, actual: number, words: Words = {}): Claim {
  return bounded(name, `< ${bound}`, actual, actual < bound, words);
}

/** Holds from the lower to the upper bound. */
export function between(
  name: string,
  [low, high]: readonly [number, number],
  actual: number,
  words: Words = {},
): Claim {
  return bounded(name, `${low} to ${high}`, actual, actual >= low && actual <= high, words);
}

function bounded(
  name: string,
  expected: string,
  actual: number,
  holds: boolean,
  { places = 3, note }: Words,
): Claim {
  const tolerance = 0.5 * 10 ** -places;
  return { name, expected, actual, tolerance, holds, ...(note === undefined ? {} : { note }) };
}
