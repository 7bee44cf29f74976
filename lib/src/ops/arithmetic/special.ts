// Functions of numbers that JavaScript's Math lacks, or has with other special cases, in double precision.

/** The nearest whole number, of two the even one; the sign stays, of zero too. */
export function roundOf(x: number): number {
  const up = Math.round(x); // halves upwards
  return up - x === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/** The exact remainder of a / b with the sign of b, as NumPy's `mod`; the sum r + b may round to b. */
export function modOf(a: number, b: number): number {
  const r = a % b;
  if (r === 0) return b < 0 ? -0 : 0;
  return r < 0 !== b < 0 ? r + b : r;
}

/** a to the power b as IEEE 754 has it, also where JavaScript says NaN: 1^b is 1, (-1)^inf is 1. */
export function powOf(a: number, b: number): number {
  if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1;
  return a ** b;
}
