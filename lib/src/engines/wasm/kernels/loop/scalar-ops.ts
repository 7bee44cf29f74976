// Elementwise ops on one element, for float64 and for what has no vector form. What Wasm cannot do by
// itself calls the op's own definition, so that float64 gives the reference engine's bits.

import type { DType } from "../../../../ir/dtype.ts";
import type { OpName } from "../../../../ir/op-table.ts";
import {
  type Expr,
  type FunctionBuilder,
  f32,
  f64,
  type Local,
  lane,
  op,
  select,
} from "../../code/index.ts";
import type { MathContext } from "../../math/index.ts";
import { scalarType } from "./registers.ts";
import { vectorOp } from "./vector-ops.ts";

export interface ScalarContext extends MathContext {
  /** The definition of an op as a function from outside, on doubles. */
  readonly definition: (name: OpName, arity: number, ...args: Local[]) => Expr;
}

/** Ops that are one instruction on f32 and f64. */
const FLOAT: { readonly [N in OpName]?: string } = {
  neg: "neg",
  sqrt: "sqrt",
  floor: "floor",
  round: "nearest",
  add: "add",
  sub: "sub",
  mul: "mul",
  div: "div",
  max: "max",
  min: "min",
  eq: "eq",
  lt: "lt",
};
const INT: { readonly [N in OpName]?: string } = {
  add: "add",
  sub: "sub",
  mul: "mul",
  and: "and",
  or: "or",
  eq: "eq",
  lt: "lt_s",
};

export function scalarOp(
  m: ScalarContext,
  name: OpName,
  x: readonly Local[],
  from: DType,
  to: DType,
): Expr {
  const [a, b, c] = x as [Local, Local, Local];
  if (name === "where") return select(a, b, c);
  if (name === "stopGradient") return same(a);
  if (name === "cast") return cast(m.f, a, from, to);
  if (from === "float64" || from === "float32") {
    const type = scalarType(from);
    const instruction = FLOAT[name];
    if (instruction) return op(`${type}.${instruction}`, ...x);
    if (from === "float32") return throughVector(m, name, x);
    return name === "pow" ? power(m, a, b) : m.definition(name, x.length, ...x);
  }
  const result = integer(name, a, b, from);
  return from === "uint8" && to === "uint8" ? op("i32.and", result, 255) : result;
}

const same = (x: Local): Expr => ({ kind: "get", type: x.type, from: x });

/** A float32 function in one lane: there is only one definition of it, and it is a vector one. */
function throughVector(m: MathContext, name: OpName, x: readonly Local[]): Expr {
  const wide = x.map((one) => m.f.keep(op("f32x4.splat", one)));
  return lane(
    "f32x4.extract_lane",
    0,
    vectorOp(name, "float32", "float32")!(m, wide, "float32", "float32"),
  );
}

/** JavaScript's power, but 1 where a is 1, or -1 and b infinite; see `powOf`. */
function power(m: ScalarContext, a: Local, b: Local): Expr {
  const isEndless = op("f64.eq", op("f64.abs", b), f64(Number.POSITIVE_INFINITY));
  const isMinusOne = op("i32.and", op("f64.eq", a, f64(-1)), isEndless);
  const isOne = op("i32.or", op("f64.eq", a, f64(1)), isMinusOne);
  return select(isOne, f64(1), m.definition("pow", 2, a, b));
}

function integer(name: OpName, a: Local, b: Local, dtype: DType): Expr {
  switch (name) {
    case "neg":
      return op("i32.sub", 0, a);
    case "not":
      return op("i32.sub", 1, a);
    case "max":
      return select(op("i32.gt_s", a, b), a, b);
    case "min":
      return select(op("i32.lt_s", a, b), a, b);
    case "div":
      return floorDiv(a, b, dtype);
    default:
      return op(`i32.${INT[name] ?? name}`, a, b);
  }
}

/** a / b rounded down; 0 where b is 0; the smallest number by -1 wraps to itself. */
function floorDiv(a: Local, b: Local, dtype: DType): Expr {
  const isZero = op("i32.eqz", b);
  const isMinusOne = op("i32.eq", b, -1);
  const safe = select(op("i32.or", isZero, isMinusOne), 1, b);
  if (dtype !== "int32") return select(isZero, 0, op("i32.div_u", a, safe));
  const quotient = op("i32.div_s", a, safe);
  const remainder = op("i32.rem_s", a, safe);
  const wrongSide = op(
    "i32.and",
    op("i32.ne", remainder, 0),
    op("i32.lt_s", op("i32.xor", remainder, safe), 0),
  );
  const floored = op("i32.sub", quotient, wrongSide);
  return select(isZero, 0, select(isMinusOne, op("i32.sub", 0, a), floored));
}

function cast(f: FunctionBuilder, x: Local, from: DType, to: DType): Expr {
  if (from === to) return same(x);
  const source = scalarType(from);
  if (to === "bool") {
    if (source === "i32") return op("i32.ne", x, 0);
    return op(`${source}.ne`, x, source === "f32" ? f32(0) : f64(0));
  }
  if (to === "float32") return op(from === "float64" ? "f32.demote_f64" : "f32.convert_i32_s", x);
  if (to === "float64") return op(from === "float32" ? "f64.promote_f32" : "f64.convert_i32_s", x);
  if (source === "i32") return to === "uint8" ? op("i32.and", x, 255) : same(x);
  const whole = f.keep(op(`i32.trunc_sat_${source}_s`, x));
  if (to === "int32") return same(whole);
  const positive = f.keep(select(op("i32.lt_s", whole, 0), 0, whole));
  return select(op("i32.gt_s", positive, 255), 255, positive);
}
