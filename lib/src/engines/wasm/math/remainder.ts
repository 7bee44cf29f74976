// mod on four floats, exact whatever the quotient: doubles hold the remainder of each step in full.

import { f64x2, type Local, op } from "../code/index.ts";
import { add, choose, type MathContext, type VectorFunction } from "./context.ts";
import { narrowed, widened } from "./double.ts";

/**
 * A quotient below this has too few bits to be rounded up to a whole number that it is below (two
 * floats differ by 2^-24 of a whole quotient), and its product with a float is exact.
 */
const STEP = 28;
/** Quotients of floats are below 2^277, ten steps. */
const STEPS = 9;

/** a - trunc(a / b) b, of the sign of a, or 0 of either sign. */
function remainder({ f }: MathContext, a: Local, b: Local): Local {
  const r = f.local("v128", "r");
  f.set(r, a);
  const take = (divisor: Local) => {
    const whole = op("f64x2.trunc", op("f64x2.div", r, divisor));
    f.set(r, op("f64x2.sub", r, op("f64x2.mul", whole, divisor)));
  };
  const isFar = op("f64x2.ge", op("f64x2.abs", op("f64x2.div", a, b)), f64x2(2 ** STEP));
  f.if(op("v128.any_true", isFar), () => {
    for (let n = STEPS; n > 0; n--) {
      take(f.keep(op("f64x2.mul", b, f64x2(2 ** (n * STEP))), "divisor"));
    }
  });
  take(b);
  return r;
}

export const mod: VectorFunction = (m, first, second) => {
  const { f, splat } = m;
  const [a, b] = [first!, second!];
  const [wideA, wideB] = [widened(m, a), widened(m, b)];
  const narrow = (half: 0 | 1) =>
    op("f32x4.demote_f64x2_zero", remainder(m, wideA[half], wideB[half]));
  const exact = f.keep(narrowed(narrow(0), narrow(1)), "exact");
  // An infinite b makes NaN of 0 times infinity.
  const isSmall = op("f32x4.lt", op("f32x4.abs", a), op("f32x4.abs", b));
  const r = f.keep(choose(isSmall, a, exact), "r");
  const zero = f.keep(splat(0));
  const differ = op("v128.xor", op("f32x4.lt", r, zero), op("f32x4.lt", b, zero));
  const moved = choose(differ, add(r, b), r);
  const signed = op("v128.and", b, m.word(-2147483648));
  return choose(op("f32x4.eq", r, zero), signed, moved);
};
