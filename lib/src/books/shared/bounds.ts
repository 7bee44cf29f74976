// Claims that a book makes in words: more, less, at least. Where it prints no bound, the bound is the
// least that its words ask for, or what runs of several seeds keep; it is marked as such.

import type { Claim } from "./claim.ts";

interface Words {
  /** Decimals to show ours with; 3 by default. */
  readonly places?: number;
  readonly note?: string;
  /** True where the book prints the bound. */
  readonly printed?: boolean;
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

/** Holds in a range around the figure that the book prints, of a run whose seed it does not tell, say. */
export function around(
  name: string,
  printed: number,
  range: readonly [number, number],
  actual: number,
  words: Words = {},
): Claim {
  const [low, high] = range.map((bound) => Number(bound.toFixed(2))) as [number, number];
  const expected = `${printed} (${low} to ${high})`;
  const holds = actual >= low && actual <= high;
  return bounded(name, expected, actual, holds, { ...words, printed: true });
}

function bounded(
  name: string,
  expected: string,
  actual: number,
  holds: boolean,
  { places = 3, note, printed = false }: Words,
): Claim {
  const tolerance = 0.5 * 10 ** -places;
  const claim: Claim = { name, expected, actual, tolerance, holds };
  return { ...claim, ...(!printed && { isOurs: true }), ...(note === undefined ? {} : { note }) };
}
