// exp and what is made of it. Reduction to |r| <= ln(2)/2 and polynomials after Cephes (Moshier).

import { type Expr, type Local, op } from "../code/index.ts";
import {
  add,
  choose,
  div,
  type MathContext,
  mul,
  polynomial,
  powerOfTwo,
  sub,
  type VectorFunction,
  withSign,
} from "./context.ts";

/** ln(2) in two parts; the first has few enough bits for its multiples to be exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.1219444005469057e-4;
/** (exp(r) - 1 - r) / r^2 */
const EXP = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1,
  5.0000001201e-1,
];

/** Added to a small number, it leaves the nearest integer in the lowest bits. */
const ROUNDER = 1.5 * 2 ** 23;
const ROUNDER_BITS = 0x4b400000;

/** x = n ln(2) + r, for x from `least` to `most`. */
function reduce(m: MathContext, x: Local, least: number, most: number) {
  const { f, splat } = m;
  // pmin and pmax keep a NaN that stands first, as here, and are one instruction each.
  const inside = f.keep(op("f32x4.pmax", op("f32x4.pmin", x, splat(most)), splat(least)));
  const shifted = f.keep(add(mul(inside, splat(Math.LOG2E)), splat(ROUNDER)), "shifted");
  const n = f.keep(sub(shifted, splat(ROUNDER)), "n");
  const r = f.keep(sub(sub(inside, mul(n, splat(LN2_HIGH))), mul(n, splat(LN2_LOW))), "r");
  const whole = f.keep(op("i32x4.sub", shifted, m.word(ROUNDER_BITS)), "n");
  /** exp(r) - 1 without its first term, r */
  const curve = f.keep(mul(polynomial(m, r, EXP), mul(r, r)));
  return { r, whole, curve };
}

/** 2^n in two factors, so that results may be subnormal or just below overflow. */
export const exp: VectorFunction = (m, x) => {
  const { f, splat } = m;
  const { r, whole, curve } = reduce(m, x!, -104, 89);
  const power = f.keep(add(add(curve, r), splat(1)));
  const half = f.keep(op("i32x4.shr_s", whole, 1), "half");
  return mul(mul(power, powerOfTwo(m, half)), powerOfTwo(m, op("i32x4.sub", whole, half)));
};

/** exp for numbers from -87 to 88, whose power of two is one factor. */
export function modestExp(m: MathContext, x: Local): Expr {
  const { r, whole, curve } = reduce(m, x, -87, 88);
  return mul(add(add(curve, r), m.splat(1)), powerOfTwo(m, whole));
}

/** 2^n (exp(r) - 1) + (2^n - 1), which loses nothing near 0. */
function nearExpm1(m: MathContext, x: Local, least: number, most: number): Expr {
  const { r, whole, curve } = reduce(m, x, least, most);
  const scale = m.f.keep(powerOfTwo(m, whole), "scale");
  return add(mul(add(curve, r), scale), sub(scale, m.splat(1)));
}

export const expm1: VectorFunction = (m, x) => {
  const { f, splat } = m;
  const near = f.keep(nearExpm1(m, x!, -25, 80));
  const isLarge = op("f32x4.gt", x!, splat(80));
  return withSign(m, choose(isLarge, exp(m, x!), near), x!);
};

/**
 * 1 / (1 + exp(-x)) through exp(-|x|), which cannot overflow. It is written as losses write it that take net
 * inputs, so that where both are computed it is computed once.
 */
export const sigmoid: VectorFunction = (m, x) => {
  const { f, splat } = m;
  const isPositive = f.keep(op("f32x4.lt", splat(0), x!), "positive");
  const size = f.keep(choose(isPositive, op("f32x4.neg", x!), x!), "size");
  const e = f.keep(exp(m, size), "e");
  return div(choose(isPositive, splat(1), e), add(e, splat(1)));
};

/** t / (t + 2) with t = exp(2 |x|) - 1, which loses nothing near 0. */
export const tanh: VectorFunction = (m, x) => {
  const { f, splat } = m;
  const size = f.keep(op("f32x4.abs", x!), "size");
  const t = f.keep(nearExpm1(m, f.keep(add(size, size)), 0, 20), "t");
  return withSign(m, div(t, add(t, splat(2))), x!);
};

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1,
  -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];
const SMALLEST_NORMAL = 1.1754943508222875e-38;

/** x = 2^e m with m from sqrt(1/2) to sqrt(2); log(m) by a polynomial in m - 1. */
export const log: VectorFunction = (m, given) => {
  const { f, splat } = m;
  const x = given!;
  const isTiny = f.keep(op("f32x4.lt", x, splat(SMALLEST_NORMAL)), "tiny");
  const bits = f.keep(choose(isTiny, mul(x, splat(2 ** 23)), x), "bits");
  const shift = op("v128.and", isTiny, m.word(23));
  const exponent = op(
    "i32x4.sub",
    op("i32x4.sub", op("i32x4.shr_u", bits, 23), m.word(126)),
    shift,
  );
  const half = f.keep(
    op("v128.or", op("v128.and", bits, m.word(0x7fffff)), m.word(0x3f000000)),
    "m",
  );
  const isLow = f.keep(op("f32x4.lt", half, splat(Math.SQRT1_2)), "low");
  const e = f.keep(op("f32x4.convert_i32x4_s", op("i32x4.add", exponent, isLow)), "e");
  const t = f.keep(sub(add(half, op("v128.and", half, isLow)), splat(1)), "t");
  const square = f.keep(mul(t, t));
  const curve = mul(mul(polynomial(m, t, LOG), t), square);
  const low = add(curve, mul(e, splat(LN2_LOW)));
  const small = add(t, sub(low, mul(square, splat(0.5))));
  const value = f.keep(add(small, mul(e, splat(LN2_HIGH))), "log");
  return special(m, x, value);
};

/** log(0) is -Infinity, log of less NaN; Infinity and NaN stay. */
export function special({ splat }: MathContext, x: Local, value: Local): Expr {
  const isOrdinary = op(
    "v128.and",
    op("f32x4.gt", x, splat(0)),
    op("f32x4.lt", x, splat(Infinity)),
  );
  const isZero = op("f32x4.eq", x, splat(0));
  const isNegative = op("f32x4.lt", x, splat(0));
  const other = choose(isZero, splat(-Infinity), choose(isNegative, splat(NaN), x));
  return choose(isOrdinary, value, other);
}

/** log(u) with u = 1 + x rounded, and a correction for what the rounding lost. */
export const log1p: VectorFunction = (m, given) => {
  const { f, splat } = m;
  const x = given!;
  const u = f.keep(add(x, splat(1)), "u");
  const lost = div(sub(sub(u, splat(1)), x), u);
  const whole = f.keep(log(m, u), "log");
  const isOrdinary = op(
    "v128.and",
    op("f32x4.gt", u, splat(0)),
    op("f32x4.lt", u, splat(Infinity)),
  );
  return withSignOfSmall(m, choose(isOrdinary, sub(whole, lost), whole), x);
};

/** -0 stays -0. */
function withSignOfSmall({ splat }: MathContext, value: Expr, x: Local): Expr {
  return choose(op("f32x4.eq", x, splat(0)), x, value);
}
