// Numbers as text: the fewest digits that read back as the same number, so float32 0.1 is "0.1".

import { type DataArray, type DType, isFloat } from "./dtype.ts";
import type { TensorType } from "./type.ts";

const SMALLEST_NORMAL = 2 ** -126;

/**
 * The number whose decimal digits are the fewest that identify `x` in its element type: 0.1 for the
 * float32 nearest to it, which as a double is 0.10000000149011612.
 */
export function shortest(x: number, dtype: DType): number {
  if (dtype !== "float32" || x === 0 || !Number.isFinite(x)) return x;
  // Six digits survive decimal -> float32 -> decimal, so fewer need no try, except below normal range.
  for (let digits = Math.abs(x) < SMALLEST_NORMAL ? 1 : 6; digits < 9; digits++) {
    const text = x.toExponential(digits - 1);
    if (Math.fround(Number(text)) === x) return Number(halfToEven(text, x.toExponential(60)));
  }
  return Number(x.toExponential(8));
}

/**
 * JavaScript rounds an exact half away from zero, NumPy to the even digit. Both texts are of one
 * number, with few decimals and with many, and may end in one exponent.
 */
export function halfToEven(rounded: string, exact: string): string {
  const [digits, exponent = ""] = rounded.split(/(?=e)/) as [string, string?];
  const [exactDigits, exactExponent = ""] = exact.split(/(?=e)/) as [string, string?];
  const kept = exactDigits.slice(0, digits.length);
  const isHalf = /^\.?50*$/.test(exactDigits.slice(digits.length)) && exponent === exactExponent;
  return isHalf && Number(kept.at(-1)) % 2 === 0 ? kept + exponent : rounded;
}

/** One element: `0.1`, `-0`, `1e-7`, `nan`, `-inf`, `true`. */
export function showNumber(x: number, dtype: DType): string {
  if (dtype === "bool") return x === 0 ? "false" : "true";
  if (!isFloat(dtype)) return String(x);
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x < 0 ? "-inf" : "inf";
  return Object.is(x, -0) ? "-0" : String(shortest(x, dtype));
}

/**
 * A tensor on one line, `0.5` or `[[1, 2], [3, 4]]`; past `limit` elements only the first three.
 * @param show how one element is written
 */
export function showData(
  data: DataArray,
  { dtype, shape }: TensorType,
  limit = 8,
  show: (x: number, dtype: DType) => string = showNumber,
): string {
  if (data.length > limit) {
    const first = Array.from(data.subarray(0, 3), (x) => show(x, dtype));
    return `[${first.join(", ")}, ...]`;
  }
  let next = 0;
  const build = (axis: number): string => {
    if (axis === shape.length) return show(data[next++]!, dtype);
    const rows = Array.from({ length: data.length === 0 ? 0 : shape[axis]! }, () =>
      build(axis + 1),
    );
    return `[${rows.join(", ")}]`;
  };
  return build(0);
}
