// Algebra on elements, where it keeps every bit: of -0, NaN and infinities too.

import { type DType, isFloat } from "../../ir/dtype.ts";
import type { Value } from "../../ir/graph.ts";
import {
  canonicalFill,
  type Rule,
  type RuleContext,
  type Rules,
  uniformNumber,
} from "./context.ts";
import { choosingBeforePool } from "./pooling.ts";

const is = (context: RuleContext, value: Value, number: number) =>
  Object.is(uniformNumber(context, value), number);
const floats = ({ type }: Value) => isFloat(type.dtype);
/** x, where the value is -x. */
const negated = (context: RuleContext, value: Value) => context.made(value, "neg")?.inputs[0];
/** What changes no number when it is added: 0 would make 0 of -0. */
const nothing = (x: Value) => (floats(x) ? -0 : 0);

const add: Rule<"add"> = (context, { inputs: [a, b] }) => {
  if (is(context, b, nothing(a))) return a;
  if (is(context, a, nothing(a))) return b;
  const [minusA, minusB] = [negated(context, a), negated(context, b)];
  if (minusB) return context.o.sub(a, minusB);
  return minusA ? context.o.sub(b, minusA) : null;
};

const sub: Rule<"sub"> = (context, { inputs: [a, b] }) => {
  if (is(context, b, 0)) return a;
  if (is(context, a, nothing(a))) return context.o.neg(b);
  const minusB = negated(context, b);
  return minusB ? context.o.add(a, minusB) : null;
};

const mul: Rule<"mul"> = (context, { inputs: [a, b] }) => {
  for (const [x, factor] of [
    [a, b],
    [b, a],
  ] as const) {
    if (is(context, factor, 1)) return x;
    if (is(context, factor, -1)) return context.o.neg(x);
    if (!floats(x) && is(context, factor, 0)) return factor;
  }
  const [minusA, minusB] = [negated(context, a), negated(context, b)];
  return minusA && minusB ? context.o.mul(minusA, minusB) : null;
};

const div: Rule<"div"> = (context, { inputs: [a, b] }) => {
  if (is(context, b, 1)) return a;
  if (!floats(a)) return null; // they divide with floor
  if (is(context, b, -1)) return context.o.neg(a);
  const [minusA, minusB] = [negated(context, a), negated(context, b)];
  if (minusA && minusB) return context.o.div(minusA, minusB);
  const divisor = uniformNumber(context, b);
  const inverse = divisor === null ? null : exactInverse(divisor, b.type.dtype);
  return inverse === null ? null : context.o.mul(a, canonicalFill(context.o, b.type, inverse));
};

/** 1 / x where no bit of it is lost, that is, for powers of two: x/2 and 0.5x round the same number. */
function exactInverse(x: number, dtype: DType): number | null {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const isPower = (bits.getBigUint64(0) & 0xfffffffffffffn) === 0n;
  const inverse = dtype === "float32" ? Math.fround(1 / x) : 1 / x;
  return isPower && Number.isFinite(inverse) && inverse !== 0 ? inverse : null;
}

/** The larger or smaller of two, one of which may never be chosen over a number or NaN. */
const extreme =
  (never: number): Rule<"max" | "min"> =>
  (context, { inputs: [a, b] }) => {
    if (a === b || is(context, b, never)) return a;
    return is(context, a, never) ? b : null;
  };

/** and, or: `neutral` changes nothing, its opposite decides alone. */
const logic =
  (neutral: 0 | 1): Rule<"and" | "or"> =>
  (context, { inputs: [a, b] }) => {
    if (a === b || is(context, b, neutral) || is(context, a, 1 - neutral)) return a;
    return is(context, a, neutral) || is(context, b, 1 - neutral) ? b : null;
  };

const eq: Rule<"eq"> = (context, { inputs: [a, b], outputs: [y] }) => {
  if (a === b && !floats(a)) return canonicalFill(context.o, y.type, 1); // NaN differs from itself
  if (a.type.dtype !== "bool") return null;
  for (const [x, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (is(context, other, 1)) return x;
    if (is(context, other, 0)) return context.o.not(x);
  }
  return null;
};

const where: Rule<"where"> = (context, { inputs: [condition, a, b] }) => {
  if (a === b || is(context, condition, 1)) return a;
  if (is(context, condition, 0)) return b;
  const opposite = context.made(condition, "not")?.inputs[0];
  if (opposite) return context.o.where(opposite, b, a);
  // A choice within the choice is made already.
  const [inA, inB] = [context.made(a, "where")?.inputs, context.made(b, "where")?.inputs];
  if (inA?.[0] === condition) return context.o.where(condition, inA[1], b);
  if (inB?.[0] === condition) return context.o.where(condition, a, inB[2]);
  return choosingBeforePool(context, condition, a, b);
};

/** [from, to]: conversions that lose nothing. */
const WIDER: Readonly<Record<DType, readonly DType[]>> = {
  bool: ["uint8", "int32", "float32", "float64"],
  uint8: ["int32", "float32", "float64"],
  int32: ["float64"],
  float32: ["float64"],
  float64: [],
};

const cast: Rule<"cast"> = (context, { inputs: [x], params: { dtype: to } }) => {
  if (x.type.dtype === to) return x;
  const source = context.made(x, "cast")?.inputs[0];
  if (!source) return null;
  const [from, middle] = [source.type.dtype, x.type.dtype];
  // By way of a float an int32 is clamped to uint8, else it wraps.
  if (!WIDER[from].includes(middle) || (from === "int32" && to === "uint8")) return null;
  return context.o.cast(source, { dtype: to });
};

/** A whole number is rounded already. */
const whole: Rule<"floor" | "round"> = (context, { inputs: [x] }) =>
  context.made(x, "floor") || context.made(x, "round") ? x : null;

export const ARITHMETIC_RULES: Rules = {
  add,
  sub,
  mul,
  div,
  neg: (context, { inputs: [x] }) => negated(context, x) ?? null,
  not: (context, { inputs: [x] }) => context.made(x, "not")?.inputs[0] ?? null,
  floor: whole,
  round: whole,
  pow: (context, { inputs: [a, b] }) => (is(context, b, 1) ? a : null),
  max: extreme(Number.NEGATIVE_INFINITY),
  min: extreme(Number.POSITIVE_INFINITY),
  and: logic(1),
  or: logic(0),
  eq,
  lt: (context, { inputs: [a, b], outputs: [y] }) =>
    a === b ? canonicalFill(context.o, y.type, 0) : null,
  where,
  cast,
  stopGradient: (_site, { inputs: [x] }) => x,
};
