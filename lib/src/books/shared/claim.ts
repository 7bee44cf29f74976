// A number that a book prints beside the one computed here, and whether they agree.

import {
  either,
  expectArgument,
  index,
  listOf,
  notNegative,
  number,
  object,
  text,
} from "../../checks/arguments.ts";

const NUMBER_OR_TEXT = either(number, text);

/** One printed number and ours. */
export interface Claim {
  readonly name: string;
  /** What the book prints, or what follows from what it says. */
  readonly expected: number | string;
  /** What Neurite computes. */
  readonly actual: number | string;
  /** The largest difference allowed between two numbers; strings must be equal. */
  readonly tolerance: number;
  /** Null where ours was computed at another point than the book's: there is nothing to judge then. */
  readonly holds: boolean | null;
  /** True of a bound that no book prints: it stands for the book's words, or is kept by several seeds. */
  readonly isOurs?: boolean;
  /** One sentence where the source has a slip, or the number needs a word. */
  readonly note?: string;
}

/** Sets a printed number beside ours. NaN agrees with nothing. */
export function claim(
  name: string,
  expected: number | string,
  actual: number | string,
  tolerance: number,
  note?: string,
): Claim {
  expectArgument("claim", "name", name, text);
  for (const [what, value] of Object.entries({ expected, actual })) {
    expectArgument("claim", what, value, NUMBER_OR_TEXT);
  }
  expectArgument("claim", "tolerance", tolerance, notNegative);
  const holds =
    typeof expected === "number" && typeof actual === "number"
      ? Math.abs(actual - expected) <= tolerance
      : actual === expected;
  return { name, expected, actual, tolerance, holds, ...(note === undefined ? {} : { note }) };
}

/** The tolerance of a number by its printed decimals: half a unit of the last one. */
export function decimals(count: number): number {
  expectArgument("decimals", "count", count, index);
  return 0.5 * 10 ** -count;
}

/** Claims in three columns with a mark each, and their notes below them. */
export function showClaims(claims: readonly Claim[]): string {
  expectArgument("showClaims", "claims", claims, listOf(object));
  const rows = claims.map((c) => [c.name, expectedOf(c), claimedNumber(c.actual, c)] as const);
  const width = (column: 0 | 1 | 2, least: number) =>
    Math.max(least, ...rows.map((row) => row[column].length));
  const widths = [width(0, 0), width(1, "expected".length), width(2, "neurite".length)] as const;
  const line = (name: string, expected: string, actual: string, mark: string) =>
    `${name.padEnd(widths[0])}  ${expected.padStart(widths[1])}  ${actual.padStart(widths[2])}${mark}`;
  const lines = rows.map((row, i) => line(...row, mark(claims[i]!)));
  const notes = new Set(claims.flatMap(({ note }) => (note === undefined ? [] : [note])));
  const said = claims.some(({ isOurs }) => isOurs) ? [OWN_BOUNDS] : [];
  return [line("", "expected", "neurite", ""), ...lines, ...notes, ...said].join("\n");
}

/** What a reader must know of bounds that no book prints. */
export const OWN_BOUNDS =
  "Bounds (* behind them) are printed in no book: they stand for its words, or are kept by several seeds.";

function mark({ holds }: Claim): string {
  if (holds === null) return "";
  return holds ? "  ok" : "  OFF";
}

/** What a claim expects, as it is shown: with a star where no book prints it. */
export function expectedOf(claim: Claim): string {
  expectArgument("expectedOf", "claim", claim, object);
  return `${claimedNumber(claim.expected, claim)}${claim.isOurs ? "*" : ""}`;
}

/** A number of a claim to the digits that its tolerance speaks of; exact numbers in full. */
export function claimedNumber(value: number | string, { tolerance }: Claim): string {
  expectArgument("claimedNumber", "value", value, NUMBER_OR_TEXT);
  if (typeof value === "string") return value;
  if (!(tolerance > 0) || !Number.isFinite(value)) return String(value);
  const places = Math.max(0, Math.round(-Math.log10(2 * tolerance)));
  const size = Math.floor(Math.log10(Math.abs(value)));
  // Zeros after the point are hard to count.
  if (size < -4 && places + size > 0) return value.toExponential(Math.min(places + size, 15));
  return value.toFixed(Math.min(places, 20));
}
