// One float, or a column of them, as NumPy writes it: positional or scientific, points aligned.

import type { DType } from "../../ir/dtype.ts";
import { halfToEven, shortest, showNumber } from "../../ir/numeral.ts";

const PRECISION = 8;

/** A scalar with all the digits that identify it: `2.5`, `1.0`, `1e-05`. */
export function floatScalar(x: number, dtype: DType): string {
  if (!Number.isFinite(x)) return showNumber(x, dtype);
  const size = Math.abs(shortest(x, dtype));
  const limit = dtype === "float32" ? 1e8 : 1e16; // beyond it, positional digits would be made up
  if (size === 0 || (size >= 1e-4 && size < limit)) {
    const text = showNumber(x, dtype);
    return text.includes(".") ? text : `${text}.0`;
  }
  const { mantissa, exponent } = parts(shortest(x, dtype).toExponential());
  return mantissa + showExponent(exponent, 2);
}

/** How to write each of `elements` so that their points and exponents stand in line. */
export function floatColumn(elements: readonly number[], dtype: DType): (x: number) => string {
  const finite = elements.filter(Number.isFinite);
  return needsExponent(finite, dtype)
    ? scientificColumn(finite, elements, dtype)
    : positionalColumn(finite, elements, dtype);
}

/** True when plain decimals would be too long, or lose small numbers beside large ones. */
function needsExponent(finite: readonly number[], dtype: DType): boolean {
  const sizes = finite.filter((x) => x !== 0).map(Math.abs);
  if (sizes.length === 0) return false;
  const round = dtype === "float32" ? Math.fround : Number;
  const max = sizes.reduce((a, b) => Math.max(a, b));
  const min = sizes.reduce((a, b) => Math.min(a, b));
  return max >= 1e8 || min < round(1e-4) || round(max / min) > 1000;
}

function positionalColumn(finite: readonly number[], all: readonly number[], dtype: DType) {
  const texts = finite.map((x) => positional(x, dtype).split(".") as [string, string]);
  const right = widest(texts.map(([, fraction]) => fraction));
  const left = widest(texts.map(([whole]) => whole));
  const width = Math.max(left + 1 + right, widestSpecial(all, dtype));
  return (x: number): string => {
    if (!Number.isFinite(x)) return showNumber(x, dtype).padStart(width);
    const [whole, fraction] = positional(x, dtype).split(".") as [string, string];
    return `${whole}.${fraction.padEnd(right)}`.padStart(width);
  };
}

function scientificColumn(finite: readonly number[], all: readonly number[], dtype: DType) {
  const texts = finite.map((x) => scientific(x, dtype));
  const decimals = widest(texts.map(({ fraction }) => fraction));
  const digits = Math.max(2, widest(texts.map(({ exponent }) => `${Math.abs(exponent)}`)));
  const write = (x: number): string => {
    const { whole, fraction, exponent } = scientific(x, dtype);
    return `${whole}.${fraction.padEnd(decimals, "0")}${showExponent(exponent, digits)}`;
  };
  const width = Math.max(widest(finite.map(write)), widestSpecial(all, dtype));
  return (x: number) => (Number.isFinite(x) ? write(x) : showNumber(x, dtype)).padStart(width);
}

/** At most 8 decimals, and always a point: `1.`, `0.33333333`. */
function positional(x: number, dtype: DType): string {
  const short = shortest(x, dtype);
  const { mantissa, exponent } = parts(short.toExponential());
  const decimals = Math.max(0, mantissa.replace(/^-?\d\.?/, "").length - exponent);
  const text =
    decimals <= PRECISION
      ? short.toFixed(decimals)
      : halfToEven(x.toFixed(PRECISION), x.toFixed(60));
  const signed = Object.is(x, -0) ? `-${text}` : text;
  return signed.includes(".") ? signed.replace(/0+$/, "") : `${signed}.`;
}

/** At most 8 decimals before the exponent, trailing zeros left out. */
function scientific(x: number, dtype: DType) {
  let { mantissa, exponent } = parts(shortest(x, dtype).toExponential());
  if (mantissa.replace(/^-?\d\.?/, "").length > PRECISION) {
    const text = halfToEven(x.toExponential(PRECISION), x.toExponential(60));
    ({ mantissa, exponent } = parts(text));
  }
  const [whole, fraction = ""] = mantissa.split(".") as [string, string?];
  const sign = Object.is(x, -0) ? "-" : "";
  return { whole: sign + whole, fraction: fraction.replace(/0+$/, ""), exponent };
}

function parts(text: string): { mantissa: string; exponent: number } {
  const [mantissa, exponent] = text.split("e") as [string, string];
  return { mantissa, exponent: Number(exponent) };
}

function showExponent(exponent: number, digits: number): string {
  return `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(digits, "0")}`;
}

/** Length of the longest text. */
export function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, text.length), 0);
}

/** Width of the widest NaN or infinity. */
function widestSpecial(elements: readonly number[], dtype: DType): number {
  return widest(elements.filter((x) => !Number.isFinite(x)).map((x) => showNumber(x, dtype)));
}
