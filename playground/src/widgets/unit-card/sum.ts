// The sum of a unit, term by term, and as one writes it.

import { formatNumber } from "../../text/numbers.ts";

export interface Term {
  readonly w: number;
  /** Null where no example is looked at. */
  readonly x: number | null;
  readonly product: number | null;
}

/** The terms of one unit. @param w [units below, units] */
export function termsOf(
  w: ArrayLike<number> | undefined,
  inputs: ArrayLike<number> | undefined,
  unit: number,
  units: number,
): Term[] {
  if (!w) return [];
  return Array.from({ length: w.length / units }, (_, i) => {
    const weight = w[i * units + unit]!;
    const x = inputs?.[i] ?? null;
    return { w: weight, x, product: x === null ? null : x * weight };
  });
}

/** Longer sums are told by their ends. */
const MOST = 6;

/** "1 × 0.5 + 2 × (−0.25) + 0.1 = 0.1" */
export function writtenSum(terms: readonly Term[], bias: number | undefined, z: number): string {
  const shown =
    terms.length > MOST ? [...terms.slice(0, MOST - 2), null, ...terms.slice(-1)] : terms;
  const parts = shown.map((term) =>
    term === null ? "…" : `${inBrackets(term.x)} × ${inBrackets(term.w)}`,
  );
  if (bias !== undefined) parts.push(inBrackets(bias));
  return `z = ${parts.join(" + ")} = ${formatNumber(z)}`;
}

function inBrackets(value: number | null): string {
  const text = formatNumber(value);
  return value !== null && value < 0 ? `(${text})` : text;
}
