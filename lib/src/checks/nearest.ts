// "Did you mean …?": the known name that is nearest to a wrong one.

import { ArgumentError } from "./errors.ts";

/** Levenshtein distance: insertions, deletions and substitutions between two words. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitute));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The known name nearest to `name`, if one is near enough to be meant. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = fold(name);
  const short = known.find((candidate) => initials(candidate) === wanted && wanted.length > 1);
  if (short) return short;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, fold(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean "…"?`, to be put behind a sentence; empty where no name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = meantBy(name, known);
  return meant ? ` Did you mean "${meant}"?` : "";
}

function meantBy(name: string, known: readonly string[]): string | undefined {
  return name.length > LONGEST ? undefined : nearest(name, known);
}

/**
 * The error for an unknown name.
 * @param what the kind of thing that is named, as in `activation`
 */
export function unknownName(what: string, name: string, known: readonly string[]): ArgumentError {
  return new ArgumentError(
    `Unknown ${what} "${shortened(name)}".${didYouMean(name, known)} Expected one of: ${known.join(", ")}.`,
    { unknown: { what, name: shortened(name), meant: meantBy(name, known) } },
  );
}

/**
 * The error for an option that a function does not have.
 * @param where the function, as in `fit`
 */
export function unknownOption(
  where: string,
  name: string,
  known: readonly string[],
): ArgumentError {
  if (known.length === 0)
    return new ArgumentError(`${where}: expected no options, received "${shortened(name)}"`);
  const hint = didYouMean(name, known);
  return new ArgumentError(
    `${where}: there is no option "${shortened(name)}".${hint} Expected one of: ${known.join(", ")}.`,
  );
}

/** Longer than any name: what a damaged file has in the place of one. */
const LONGEST = 60;

/** A name as errors show it. */
export function shortened(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST)}…`;
}

/** `lr` of `learningRate`: how people shorten a name. */
function initials(name: string): string {
  return [...name]
    .filter((letter, i) => i === 0 || /[A-Z0-9]/.test(letter))
    .join("")
    .toLowerCase();
}

/** Names without what spellings differ by: case and underscores. */
export function fold(name: string): string {
  return name.replaceAll(/[_\- ]/g, "").toLowerCase();
}
