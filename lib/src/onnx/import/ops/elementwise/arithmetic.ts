// Arithmetic element by element, with broadcasting.

import { isFloat } from "../../../../ir/dtype.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import {
  abs,
  add,
  cast,
  ceil,
  cos,
  div,
  erf,
  exp,
  floor,
  floorDiv,
  log,
  maximum,
  minimum,
  mod,
  mul,
  neg,
  pow,
  round,
  sign,
  sin,
  sqrt,
  sub,
  tanh,
  type UnaryFunction,
} from "../../../../tensor/elementwise.ts";
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  cosh,
  sinh,
  tan,
} from "../../../../tensor/math/trigonometry.ts";
import type { Call } from "../../core/call.ts";
import { computing, type OpRows, type Row } from "../../core/rows.ts";

/** Sums and products of whole numbers: they may leave 32 bits, and have the same bits with a sign and without. */
const GROWS = { grows: "wide", bits: true } as const;
const unary = (f: UnaryFunction, more: Partial<Row> = {}): Row => computing((c) => f(c.x(0)), more);
const binary = (f: (a: Tensor, b: Tensor) => Tensor, more: Partial<Row> = {}): Row =>
  computing((c) => f(...c.pair()), more);
const variadic = (f: (a: Tensor, b: Tensor) => Tensor, more: Partial<Row> = {}): Row =>
  computing((c) => c.all().reduce((a, b) => f(a, b)), more);
/** What floats keep as it is and whole numbers are already. */
const whole = (f: UnaryFunction): Row =>
  computing((c) => (isFloat(c.x(0).dtype) ? f(c.x(0)) : c.x(0)));

/** Whole numbers divide towards zero. */
function quotient(a: Tensor, b: Tensor): Tensor {
  if (isFloat(a.dtype)) return div(a, b);
  if (a.dtype === "uint8") return floorDiv(a, b);
  return mul(mul(sign(a), sign(b)), floorDiv(abs(a), abs(b)));
}

/** The remainder of the sign of b, or (fmod) of the sign of a. */
function remainder(c: Call): Tensor {
  const [a, b] = [c.x(0), c.x(1)];
  if (!c.flag("fmod")) return mod(a, b);
  return a.dtype === "uint8" ? mod(a, b) : mul(sign(a), mod(abs(a), abs(b)));
}

/** Powers, whose exponent may be of another type than the base. */
function power(c: Call): Tensor {
  const [a, b] = [c.x(0), c.x(1)];
  const { known } = b.read().parts;
  const n = b.size === 1 && b.rank <= a.rank && known ? known[0]! : undefined;
  if (isFloat(a.dtype)) {
    if (n === 2 || n === 3) return pow(a, n);
    return pow(a, c.like(b, a));
  }
  if (n !== undefined && Number.isInteger(n) && n >= 0) return pow(a, n);
  return cast(pow(cast(a, "float64"), cast(b, "float64")), a.dtype);
}

export const arithmetic: OpRows = {
  Add: binary(add, GROWS),
  Sub: binary(sub, GROWS),
  Mul: binary(mul, GROWS),
  Div: binary(quotient),
  Mod: computing(remainder),
  Pow: computing(power, { grows: "wide" }),
  Max: variadic(maximum),
  Min: variadic(minimum),
  Sum: variadic(add, { grows: "wide" }),
  Mean: computing((c) =>
    div(
      c.all().reduce((a, b) => add(a, b)),
      c.count,
    ),
  ),
  Neg: unary(neg, { grows: "wide" }),
  Abs: computing((c) => (c.x(0).dtype === "uint8" ? c.x(0) : abs(c.x(0))), { grows: "wide" }),
  Sign: unary(sign),
  Reciprocal: computing((c) => div(1, c.x(0))),
  Sqrt: unary(sqrt),
  Exp: unary(exp),
  Log: unary(log),
  Floor: whole(floor),
  Ceil: whole(ceil),
  Round: whole(round),
  Erf: unary(erf),
  Sin: unary(sin),
  Cos: unary(cos),
  Tan: unary(tan),
  Asin: unary(asin),
  Acos: unary(acos),
  Atan: unary(atan),
  Sinh: unary(sinh),
  Cosh: unary(cosh),
  Tanh: unary(tanh),
  Asinh: unary(asinh),
  Acosh: unary(acosh),
  Atanh: unary(atanh),
};
