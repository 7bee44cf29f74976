// Numbers as one writes them by hand: 0.25 and 1, not 0.2500 and 1.000, so that a formula can be read.

import { formatNumber } from "../../text/numbers.ts";

/** As formatNumber, without zeros at the end. "–" is what is not there yet: what cannot be computed is "NaN". */
export function plain(value: number | null | undefined, digits = 4): string {
  if (Number.isNaN(value)) return "NaN";
  const text = formatNumber(value, digits);
  return text.replace(/\.0+(?=e|$)|(\.\d*?[1-9])0+(?=e|$)/, "$1");
}

/** A factor: in parentheses below zero. */
export function factor(value: number, digits = 6): string {
  const text = plain(value, digits);
  return text.startsWith("−") ? `(${text})` : text;
}

/** A sum as it is written: 6 + 1 − 2. */
export function sum(parts: readonly number[], digits = 6): string {
  return parts
    .map((part) => plain(part, digits))
    .join(" + ")
    .replaceAll("+ −", "− ");
}
