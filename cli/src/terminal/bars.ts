// Shares as bars of blocks.

import { percent } from "./names.ts";

const BAR = 30;

/** Each class with its probability as a number and as a bar. */
export function bars(names: readonly string[], shares: readonly number[]): string[] {
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name, c) => {
    const bar = "█".repeat(Math.round(Math.max(0, Math.min(1, shares[c]!)) * BAR));
    return `${name.padEnd(width)}  ${percent(shares[c]!, 1).padStart(7)}  ${bar}`.trimEnd();
  });
}

/** How many digits an output has that is no share. */
const DIGITS = 4;

/**
 * One example's answer: each class with its share, and in the last line the likeliest. Where the network gave what can
 * be no probability, as a linear output below 0 or above 1, the outputs are told as the numbers they are.
 * @param shares of all classes; of a single output 1 - a and a
 * @param outputs how many the network has
 * @param also behind the last line
 */
export function answerLines(
  names: readonly string[],
  shares: readonly number[],
  outputs: number,
  also = "",
): string[] {
  const best = shares.indexOf(Math.max(...shares));
  if (shares.every((share) => share >= 0 && share <= 1))
    return [...bars(names, shares), "", `${names[best]} (${percent(shares[best]!, 1)})${also}`];
  const shown = (value: number) => value.toPrecision(DIGITS);
  const last = `${names[best]}${also}`;
  if (outputs === 1) return [`output  ${shown(shares[1]!)}`, "", last];
  const width = Math.max(...names.map(({ length }) => length));
  const numbers = shares.map(shown);
  const room = Math.max(...numbers.map(({ length }) => length));
  const lines = names.map((name, c) => `${name.padEnd(width)}  ${numbers[c]!.padStart(room)}`);
  return [...lines, "", last];
}
