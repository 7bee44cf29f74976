// Four floats as two times two doubles, and back.

import { type Expr, type Local, lane, op } from "../code/index.ts";
import type { MathContext } from "./context.ts";

const UPPER = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const LOW_HALVES = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/** The lower and the upper two lanes as doubles. */
export function widened({ f }: MathContext, x: Local): readonly [Local, Local] {
  const upper = f.keep(lane("i8x16.shuffle", UPPER, x, x));
  return [
    f.keep(op("f64x2.promote_low_f32x4", x), "wide"),
    f.keep(op("f64x2.promote_low_f32x4", upper), "wide"),
  ];
}

/** Four lanes from the lower two of each. */
export function joined(low: Expr, high: Expr): Expr {
  return lane("i8x16.shuffle", LOW_HALVES, low, high);
}
