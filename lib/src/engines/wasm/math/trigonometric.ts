// sin and cos: reduction to |r| <= pi/4 in double precision, polynomials after Cephes (Moshier).

import { call, type Expr, f64x2, type Local, lane, op } from "../code/index.ts";
import {
  add,
  choose,
  type MathContext,
  mul,
  polynomial,
  sub,
  type VectorFunction,
} from "./context.ts";
import { narrowed, widened } from "./double.ts";

/** Multiples up to here of pi/2's first part are exact in a double. */
const FAR = 1e6;
const TWO_OVER_PI = 2 / Math.PI;
/** pi/2 in two parts, the first with 33 bits (fdlibm). */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;
const SIN = [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1];
const COS = [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2];

/** x = n pi/2 + rest, on two doubles. */
export function turned({ f }: MathContext, wide: Local): { n: Local; rest: Expr } {
  const n = f.keep(op("f64x2.nearest", op("f64x2.mul", wide, f64x2(TWO_OVER_PI))), "n");
  const first = op("f64x2.sub", wide, op("f64x2.mul", n, f64x2(HALF_PI_HIGH)));
  return { n, rest: op("f64x2.sub", first, op("f64x2.mul", n, f64x2(HALF_PI_LOW))) };
}

/** x = quarter pi/2 + r */
function reduce(m: MathContext, x: Local): { r: Local; quarter: Local } {
  const { f } = m;
  const halves = widened(m, x).map((wide) => {
    const { n, rest } = turned(m, wide);
    return { r: op("f32x4.demote_f64x2_zero", rest), n: op("i32x4.trunc_sat_f64x2_s_zero", n) };
  });
  const [low, high] = halves as [(typeof halves)[0] & object, (typeof halves)[0] & object];
  return {
    r: f.keep(narrowed(low.r, high.r), "r"),
    quarter: f.keep(narrowed(low.n, high.n), "quarter"),
  };
}

/** The sine, `ahead` quarters of a turn further on. */
const wave =
  (name: "sin" | "cos", ahead: number): VectorFunction =>
  (m, given) => {
    const { f, splat } = m;
    const x = given!;
    const { r, quarter } = reduce(m, x);
    const turn = f.keep(op("i32x4.add", quarter, m.word(ahead)), "turn");
    const square = f.keep(mul(r, r), "square");
    const sine = add(mul(mul(polynomial(m, square, SIN), square), r), r);
    const curve = mul(mul(polynomial(m, square, COS), square), square);
    const cosine = add(sub(curve, mul(square, splat(0.5))), splat(1));
    const isOdd = op("i32x4.ne", op("v128.and", turn, m.word(1)), m.word(0));
    const sign = op("i32x4.shl", op("v128.and", turn, m.word(2)), 30);
    const value = f.keep(op("v128.xor", choose(isOdd, cosine, sine), sign), name);
    if (name === "sin") f.set(value, choose(op("f32x4.eq", x, splat(0)), x, value)); // keeps -0
    farLanes(m, name, x, value);
    return op("v128.or", value, value);
  };

/** Far from 0 the definition itself is called: such numbers are rare, and right is better than fast. */
export function farLanes(
  { f, splat, imported }: MathContext,
  name: string,
  x: Local,
  value: Local,
): void {
  const isFar = f.keep(op("f32x4.gt", op("f32x4.abs", x), splat(FAR)), "far");
  f.if(op("v128.any_true", isFar), () => {
    const target = imported(name, 1);
    for (let at = 0; at < 4; at++) {
      f.if(lane("i32x4.extract_lane", at, isFar), () => {
        const wide = op("f64.promote_f32", lane("f32x4.extract_lane", at, x));
        f.set(
          value,
          lane("f32x4.replace_lane", at, value, op("f32.demote_f64", call(target, wide))),
        );
      });
    }
  });
}

export const sin: VectorFunction = wave("sin", 0);
export const cos: VectorFunction = wave("cos", 1);
