// Four floats as two times two doubles, and back.

import { type Expr, type Local, lane, op } from "../code/index.ts";
import { HIGH_HALF_TWICE, LOW_HALVES } from "../code/shuffles.ts";
import type { MathContext } from "./context.ts";

/** The lower and the upper two lanes as doubles. */
export function widened({ f }: MathContext, x: Local): readonly [Local, Local] {
  const upper = f.keep(lane("i8x16.shuffle", HIGH_HALF_TWICE, x, x));
  return [
    f.keep(op("f64x2.promote_low_f32x4", x), "wide"),
    f.keep(op("f64x2.promote_low_f32x4", upper), "wide"),
  ];
}

/** Four lanes from the lower two of each. */
export function narrowed(low: Expr, high: Expr): Expr {
  return lane("i8x16.shuffle", LOW_HALVES, low, high);
}
