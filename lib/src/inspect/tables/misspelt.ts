// Rare values of a category that are nearly a frequent one: likely the same, misspelt.

import { editDistance, fold } from "../../checks/nearest.ts";
import type { CategoryColumn } from "../../data/tables/table.ts";

/** A value is rare beside one that stands in so many times as many rows. */
const TIMES = 10;
/** Values beyond these are not compared with all others. */
const MOST_VALUES = 2000;

/** @returns for each value that is likely misspelt the frequent one that it is near to */
export function misspeltValues({ codes, values }: CategoryColumn): Map<string, string> {
  const counts = new Int32Array(values.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const seen = values
    .map((value, i) => ({ value, rows: counts[i]! }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST_VALUES);
  const meant = new Map<string, string>();
  for (const { value, rows } of seen) {
    const near = seen.find(
      (other) =>
        other.rows >= (isSpelling(value, other.value) ? rows + 1 : TIMES * rows) &&
        isNear(value, other.value),
    );
    if (near) meant.set(value, near.value);
  }
  return meant;
}

/** The same but for case and blanks. */
function isSpelling(a: string, b: string): boolean {
  return a !== b && fold(a.trim()) === fold(b.trim());
}

function isNear(a: string, b: string): boolean {
  if (a === b) return false;
  if (isSpelling(a, b)) return true;
  // Names that count differ by a digit and are others: "room 1", "room 2".
  const shortest = Math.min(a.length, b.length);
  if (shortest < 4 || /\d/.test(a + b) || Math.abs(a.length - b.length) > 2) return false;
  const [x, y] = [fold(a), fold(b)];
  return isSwap(x, y) || editDistance(x, y) <= (shortest < 8 ? 1 : 2);
}

/** Two neighbours changed places, which counts as two edits. */
function isSwap(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, i) => letter !== b[i]);
  return (
    a.length === b.length && at >= 0 && b === a.slice(0, at) + a[at + 1] + a[at] + a.slice(at + 2)
  );
}
