// Places that random words choose, four at a time: the very numbers of Rng.below().

import { type Expr, type FunctionBuilder, f64x2, type Local, lane, op } from "../code/index.ts";
import { HIGH_HALF_TWICE } from "../code/shuffles.ts";

/** One place of so many is a share of 53 random bits. */
export const SHARE: Expr = f64x2(2 ** -53);

/**
 * Whole numbers from 0 to below a number of places each, out of the upper 27 and the lower 26 bits of a share of it.
 * A double holds both and the places times a power of two; their product is rounded once, as in JavaScript.
 * @param places for two lanes at a time, first the low ones: how many there are, times SHARE
 * @returns those of lanes 0 and 1, and those of lanes 2 and 3, in the low half of a vector
 */
export function choices(
  f: FunctionBuilder,
  x: Local,
  y: Local,
  places: () => Local,
): [Local, Local] {
  const upper = f.keep(op("i32x4.shr_u", x, 5), "upper");
  const lower = f.keep(op("i32x4.shr_u", y, 6), "lower");
  const behind = (words: Local) => lane("i8x16.shuffle", HIGH_HALF_TWICE, words, words);
  const two = (high: Expr | Local, low: Expr | Local) => {
    const [a, b] = [high, low].map((words) => op("f64x2.convert_low_i32x4_s", words));
    const bits = op("f64x2.add", op("f64x2.mul", a!, f64x2(2 ** 26)), b!);
    return f.keep(op("i32x4.trunc_sat_f64x2_s_zero", op("f64x2.mul", bits, places())), "chosen");
  };
  return [two(upper, lower), two(behind(upper), behind(lower))];
}
