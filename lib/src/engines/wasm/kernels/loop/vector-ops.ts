// Elementwise ops on four lanes. What is missing here has no vector form and runs as scalar code.

import type { DType } from "../../../../ir/dtype.ts";
import type { OpName } from "../../../../ir/op-table.ts";
import { type Expr, f32x4, i32x4, type Local, op } from "../../code/index.ts";
import type { Element } from "../../lower/element.ts";
import type { OpOf } from "../../lower/kinds.ts";
import { MATH, type MathContext } from "../../math/index.ts";

/** Gives the result for operands of element type `from` as one of element type `to`. */
export type VectorOp = (m: MathContext, x: readonly Local[], from: DType, to: DType) => Expr;

const simple =
  (name: string): VectorOp =>
  (_m, x) =>
    op(name, ...x);

const byte = (m: MathContext, value: Expr): Expr => op("v128.and", value, m.word(255));

const math =
  (name: keyof typeof MATH): VectorOp =>
  (m, x) =>
    MATH[name]!(m, ...x);

/** Ops that work on floats; those for all element types are in ANY. */
type FloatOp = Exclude<
  OpOf<"elementwise">,
  "not" | "and" | "or" | "cast" | "stopGradient" | "where"
>;

const FLOAT: { readonly [N in FloatOp]: VectorOp } = {
  neg: simple("f32x4.neg"),
  exp: math("exp"),
  expm1: math("expm1"),
  log: math("log"),
  log1p: math("log1p"),
  sqrt: simple("f32x4.sqrt"),
  sin: math("sin"),
  cos: math("cos"),
  tanh: math("tanh"),
  sigmoid: math("sigmoid"),
  erf: math("erf"),
  tan: math("tan"),
  asin: math("asin"),
  acos: math("acos"),
  atan: math("atan"),
  sinh: math("sinh"),
  cosh: math("cosh"),
  asinh: math("asinh"),
  acosh: math("acosh"),
  atanh: math("atanh"),
  log2: math("log2"),
  log10: math("log10"),
  atan2: math("atan2"),
  pow: math("pow"),
  mod: math("mod"),
  floor: simple("f32x4.floor"),
  round: simple("f32x4.nearest"),
  add: simple("f32x4.add"),
  sub: simple("f32x4.sub"),
  mul: simple("f32x4.mul"),
  div: simple("f32x4.div"),
  max: simple("f32x4.max"),
  min: simple("f32x4.min"),
  eq: simple("f32x4.eq"),
  lt: simple("f32x4.lt"),
};

const INT: { readonly [N in OpName]?: VectorOp } = {
  neg: simple("i32x4.neg"),
  add: simple("i32x4.add"),
  sub: simple("i32x4.sub"),
  mul: simple("i32x4.mul"),
  max: simple("i32x4.max_s"),
  min: simple("i32x4.min_s"),
  eq: simple("i32x4.eq"),
  lt: simple("i32x4.lt_s"),
};

const wrapping =
  (inner: VectorOp): VectorOp =>
  (m, x, from, to) =>
    byte(m, inner(m, x, from, to));

const BYTE: { readonly [N in OpName]?: VectorOp } = {
  ...INT,
  neg: wrapping(INT.neg!),
  add: wrapping(INT.add!),
  sub: wrapping(INT.sub!),
  mul: wrapping(INT.mul!),
};

/** Booleans are masks: true is less than false as a signed number. */
const BOOL: { readonly [N in OpName]?: VectorOp } = {
  not: simple("v128.not"),
  and: simple("v128.and"),
  or: simple("v128.or"),
  eq: simple("i32x4.eq"),
  lt: (_m, [a, b]) => op("v128.andnot", b!, a!),
};

const ANY: { readonly [N in OpName]?: VectorOp } = {
  cast: (m, [x], from, to) => cast(m, x!, from, to),
  stopGradient: (_m, [x]) => op("v128.or", x!, x!),
  where: (_m, [condition, a, b]) => op("v128.bitselect", a!, b!, condition!),
};

function cast(m: MathContext, x: Local, from: DType, to: DType): Expr {
  const same = op("v128.or", x, x);
  if (from === to) return same;
  if (to === "bool") {
    return from === "float32" ? op("f32x4.ne", x, f32x4(0)) : op("i32x4.ne", x, i32x4(0));
  }
  if (from === "bool") return op("v128.and", x, to === "float32" ? m.splat(1) : m.word(1));
  if (to === "float32") return op("f32x4.convert_i32x4_s", x);
  if (from === "float32") {
    const whole = op("i32x4.trunc_sat_f32x4_s", x);
    return to === "int32"
      ? whole
      : op("i32x4.min_s", op("i32x4.max_s", whole, i32x4(0)), m.word(255));
  }
  return to === "uint8" ? byte(m, same) : same;
}

const TABLES: { readonly [D in DType]?: { readonly [N in OpName]?: VectorOp } } = {
  float32: FLOAT,
  int32: INT,
  uint8: BYTE,
  bool: BOOL,
};

/** The vector form of an op, if it has one; `operand` is the element type of its last operand. */
export function vectorOp(name: OpName, operand: DType, result: DType): VectorOp | null {
  if (operand === "float64" || result === "float64") return null;
  return ANY[name] ?? TABLES[operand]?.[name] ?? null;
}

/** True for an element that vector code can compute. */
export function isVector(element: Element<unknown>): boolean {
  if (element.dtype === "float64") return false;
  if (element.kind !== "op") return true;
  const { op: name, args, dtype } = element;
  return vectorOp(name, args.at(-1)!.dtype, dtype) !== null;
}
