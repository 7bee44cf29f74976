// log2, log10, atan and tan on four floats: computed in double precision, two at a time, and rounded once.

import { type Expr, f64x2, type Local, op } from "../code/index.ts";
import { choose, type MathContext, type VectorFunction, withSign } from "./context.ts";
import { narrowed, widened } from "./double.ts";
import { special } from "./exponential.ts";
import { farLanes, turned } from "./trigonometric.ts";

const add = (a: Expr | Local, b: Expr | Local): Expr => op("f64x2.add", a, b);
const sub = (a: Expr | Local, b: Expr | Local): Expr => op("f64x2.sub", a, b);
const mul = (a: Expr | Local, b: Expr | Local): Expr => op("f64x2.mul", a, b);
const div = (a: Expr | Local, b: Expr | Local): Expr => op("f64x2.div", a, b);

/** c[0] + c[1] x + …, by Horner's rule. */
function series(x: Local, coefficients: readonly number[]): Expr {
  const [last, ...rest] = coefficients.map((c) => f64x2(c)).reverse() as [Expr, ...Expr[]];
  return rest.reduce((sum, c) => add(mul(sum, x), c), last);
}

/** A function on two doubles, done with both halves and rounded. */
function inDoubles(m: MathContext, x: Local, of: (wide: Local) => Expr): Local {
  const [low, high] = widened(m, x).map((wide) => op("f32x4.demote_f64x2_zero", of(wide)));
  return m.f.keep(narrowed(low!, high!), "rounded");
}

/** log(m) = 2 s (1 + s^2 / 3 + s^4 / 5 + …) with s = (m - 1) / (m + 1), of at most 0.1716 in size. */
const LOG = Array.from({ length: 8 }, (_, k) => 2 / (2 * k + 1));
const MANTISSA = 2 ** 52;

/** A double holds every float as 2^e m without subnormal ones: m from sqrt(1/2) to sqrt(2), logs times a factor. */
const logarithm =
  (exponentFactor: number, factor: number): VectorFunction =>
  (m, given) => {
    const x = given!;
    const value = inDoubles(m, x, (wide) => {
      const { f } = m;
      const bits = op("i64x2.shr_u", wide, 52);
      // An exponent of 11 bits in the place of a mantissa is the number 2^52 + exponent.
      const raised = op("v128.or", bits, f64x2(MANTISSA));
      const inside = op("v128.andnot", wide, f64x2(-Infinity));
      const mantissa = f.keep(op("v128.or", inside, f64x2(1)), "m");
      const isHigh = f.keep(op("f64x2.gt", mantissa, f64x2(Math.SQRT2)), "high");
      const near = f.keep(choose(isHigh, mul(mantissa, f64x2(0.5)), mantissa), "m");
      const one = op("v128.and", isHigh, f64x2(1));
      const e = add(sub(raised, f64x2(MANTISSA + 1023)), one);
      const s = f.keep(div(sub(near, f64x2(1)), add(near, f64x2(1))), "s");
      const square = f.keep(mul(s, s), "square");
      return add(mul(e, f64x2(exponentFactor)), mul(mul(series(square, LOG), s), f64x2(factor)));
    });
    return special(m, x, value);
  };

export const log2: VectorFunction = logarithm(1, Math.LOG2E);
export const log10: VectorFunction = logarithm(Math.log10(2), Math.LOG10E);

/** atan(z) = z - z^3 / 3 + z^5 / 5 - …, for z up to tan(pi / 8). */
const ATAN = Array.from({ length: 13 }, (_, k) => (-1) ** k / (2 * k + 1));
const EIGHTH = Math.SQRT2 - 1;

/** By 1 / x above tan(3 pi / 8), and by (x - 1) / (x + 1) above tan(pi / 8), with one division for both. */
export const atan: VectorFunction = (m, given) => {
  const x = given!;
  const size = m.f.keep(op("f32x4.abs", x), "size");
  const value = inDoubles(m, size, (wide) => {
    const { f } = m;
    const isLarge = f.keep(op("f64x2.gt", wide, f64x2(1 / EIGHTH)), "large");
    const isMiddle = f.keep(op("f64x2.gt", wide, f64x2(EIGHTH)), "middle");
    const top = choose(isMiddle, sub(wide, f64x2(1)), wide);
    const below = choose(isMiddle, add(wide, f64x2(1)), f64x2(1));
    const z = f.keep(div(choose(isLarge, f64x2(-1), top), choose(isLarge, wide, below)), "z");
    const start = choose(isLarge, f64x2(Math.PI / 2), op("v128.and", isMiddle, f64x2(Math.PI / 4)));
    const square = f.keep(mul(z, z), "square");
    return add(start, mul(series(square, ATAN), z));
  });
  return withSign(m, value, x);
};

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const SIN = Array.from({ length: 7 }, (_, k) => (-1) ** k / factorial(2 * k + 1));
const COS = Array.from({ length: 8 }, (_, k) => (-1) ** k / factorial(2 * k));

/** sin(r) / cos(r) where x = n pi/2 + r with an even n, else -cos(r) / sin(r). */
export const tan: VectorFunction = (m, given) => {
  const { f, splat } = m;
  const x = given!;
  const value = inDoubles(m, x, (wide) => {
    const { n, rest } = turned(m, wide);
    const r = f.keep(rest, "r");
    const square = f.keep(mul(r, r), "square");
    const sine = f.keep(mul(series(square, SIN), r), "sine");
    const cosine = f.keep(series(square, COS), "cosine");
    const half = f.keep(mul(n, f64x2(0.5)), "half");
    const isOdd = f.keep(op("f64x2.ne", half, op("f64x2.trunc", half)), "odd");
    const top = choose(isOdd, op("f64x2.neg", cosine), sine);
    return div(top, choose(isOdd, sine, cosine));
  });
  f.set(value, choose(op("f32x4.eq", x, splat(0)), x, value)); // keeps -0
  farLanes(m, "tan", x, value);
  return op("v128.or", value, value);
};
