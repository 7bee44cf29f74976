// Algebra on elements, where it keeps every bit: of -0, NaN and infinities too.

import { type DType, isFloat } from "../../ir/dtype.ts";
import type { Value } from "../../ir/graph.ts";
import { fill, type Rule, type Rules, type Site, uniform } from "./site.ts";

const is = (site: Site, value: Value, number: number) => Object.is(uniform(site, value), number);
const floats = ({ type }: Value) => isFloat(type.dtype);
/** x, where the value is -x. */
const negated = (site: Site, value: Value) => site.made(value, "neg")?.inputs[0];
/** What changes no number when it is added: 0 would make 0 of -0. */
const nothing = (x: Value) => (floats(x) ? -0 : 0);

const add: Rule<"add"> = (site, { inputs: [a, b] }) => {
  if (is(site, b, nothing(a))) return a;
  if (is(site, a, nothing(a))) return b;
  const [minusA, minusB] = [negated(site, a), negated(site, b)];
  if (minusB) return site.o.sub(a, minusB);
  return minusA ? site.o.sub(b, minusA) : null;
};

const sub: Rule<"sub"> = (site, { inputs: [a, b] }) => {
  if (is(site, b, 0)) return a;
  if (is(site, a, nothing(a))) return site.o.neg(b);
  const minusB = negated(site, b);
  return minusB ? site.o.add(a, minusB) : null;
};

const mul: Rule<"mul"> = (site, { inputs: [a, b] }) => {
  for (const [x, factor] of [
    [a, b],
    [b, a],
  ] as const) {
    if (is(site, factor, 1)) return x;
    if (is(site, factor, -1)) return site.o.neg(x);
    if (!floats(x) && is(site, factor, 0)) return factor;
  }
  const [minusA, minusB] = [negated(site, a), negated(site, b)];
  return minusA && minusB ? site.o.mul(minusA, minusB) : null;
};

const div: Rule<"div"> = (site, { inputs: [a, b] }) => {
  if (is(site, b, 1)) return a;
  if (!floats(a)) return null; // they divide with floor
  if (is(site, b, -1)) return site.o.neg(a);
  const [minusA, minusB] = [negated(site, a), negated(site, b)];
  if (minusA && minusB) return site.o.div(minusA, minusB);
  const divisor = uniform(site, b);
  const inverse = divisor === null ? null : exactInverse(divisor, b.type.dtype);
  return inverse === null ? null : site.o.mul(a, fill(site.o, b.type, inverse));
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
  (site, { inputs: [a, b] }) => {
    if (a === b || is(site, b, never)) return a;
    return is(site, a, never) ? b : null;
  };

/** and, or: `neutral` changes nothing, its opposite decides alone. */
const logic =
  (neutral: 0 | 1): Rule<"and" | "or"> =>
  (site, { inputs: [a, b] }) => {
    if (a === b || is(site, b, neutral) || is(site, a, 1 - neutral)) return a;
    return is(site, a, neutral) || is(site, b, 1 - neutral) ? b : null;
  };

const eq: Rule<"eq"> = (site, { inputs: [a, b], outputs: [y] }) => {
  if (a === b && !floats(a)) return fill(site.o, y.type, 1); // NaN differs from itself
  if (a.type.dtype !== "bool") return null;
  for (const [x, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (is(site, other, 1)) return x;
    if (is(site, other, 0)) return site.o.not(x);
  }
  return null;
};

const where: Rule<"where"> = (site, { inputs: [condition, a, b] }) => {
  if (a === b || is(site, condition, 1)) return a;
  if (is(site, condition, 0)) return b;
  const opposite = site.made(condition, "not")?.inputs[0];
  if (opposite) return site.o.where(opposite, b, a);
  // A choice within the choice is made already.
  const [inA, inB] = [site.made(a, "where")?.inputs, site.made(b, "where")?.inputs];
  if (inA?.[0] === condition) return site.o.where(condition, inA[1], b);
  return inB?.[0] === condition ? site.o.where(condition, a, inB[2]) : null;
};

/** [from, to]: conversions that lose nothing. */
const WIDER: Readonly<Record<DType, readonly DType[]>> = {
  bool: ["uint8", "int32", "float32", "float64"],
  uint8: ["int32", "float32", "float64"],
  int32: ["float64"],
  float32: ["float64"],
  float64: [],
};

const cast: Rule<"cast"> = (site, { inputs: [x], params: { dtype: to } }) => {
  if (x.type.dtype === to) return x;
  const source = site.made(x, "cast")?.inputs[0];
  if (!source) return null;
  const [from, middle] = [source.type.dtype, x.type.dtype];
  // By way of a float an int32 is clamped to uint8, else it wraps.
  if (!WIDER[from].includes(middle) || (from === "int32" && to === "uint8")) return null;
  return site.o.cast(source, { dtype: to });
};

/** A whole number is rounded already. */
const whole: Rule<"floor" | "round"> = (site, { inputs: [x] }) =>
  site.made(x, "floor") || site.made(x, "round") ? x : null;

export const ARITHMETIC_RULES: Rules = {
  add,
  sub,
  mul,
  div,
  neg: (site, { inputs: [x] }) => negated(site, x) ?? null,
  not: (site, { inputs: [x] }) => site.made(x, "not")?.inputs[0] ?? null,
  floor: whole,
  round: whole,
  pow: (site, { inputs: [a, b] }) => (is(site, b, 1) ? a : null),
  max: extreme(Number.NEGATIVE_INFINITY),
  min: extreme(Number.POSITIVE_INFINITY),
  and: logic(1),
  or: logic(0),
  eq,
  lt: (site, { inputs: [a, b], outputs: [y] }) => (a === b ? fill(site.o, y.type, 0) : null),
  where,
  cast,
  stopGradient: (_site, { inputs: [x] }) => x,
};
