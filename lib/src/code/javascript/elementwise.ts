// Ops that go element by element, as expressions of JavaScript in the elements of their operands.

import { type DType, isFloat } from "../../ir/dtype.ts";
import type { OpName } from "../../ir/op-signatures.ts";

/** An expression in elements, which gives another; `needs` names functions of helpers.ts that it calls. */
export interface ElementCode {
  readonly code: string;
  readonly needs?: readonly string[];
}

type Words = (operands: readonly string[], dtype: DType) => ElementCode;

const call =
  (name: string, needs: readonly string[] = []): Words =>
  (operands) => ({ code: `${name}(${operands.join(", ")})`, needs });
const math = (name: string) => call(`Math.${name}`);
const helper = (name: string) => call(name, [name]);
const infix =
  (sign: string): Words =>
  ([a, b]) => ({ code: `${a} ${sign} ${b}` });

/** By op; the element type is that of the result. What is stored is rounded by the array that takes it. */
export const ELEMENTWISE: Readonly<Partial<Record<OpName, Words>>> = {
  neg: ([x]) => ({ code: `-${x}` }),
  exp: math("exp"),
  expm1: math("expm1"),
  log: math("log"),
  log1p: math("log1p"),
  sqrt: math("sqrt"),
  sin: math("sin"),
  cos: math("cos"),
  tanh: math("tanh"),
  sigmoid: ([x]) => ({ code: `1 / (1 + Math.exp(-${x}))` }),
  erf: helper("erf"),
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
  floor: math("floor"),
  round: helper("roundEven"),
  not: ([x]) => ({ code: `1 - ${x}` }),
  add: infix("+"),
  sub: infix("-"),
  mul: (operands, dtype) => (isFloat(dtype) ? infix("*") : math("imul"))(operands, dtype),
  div: (operands, dtype) => (isFloat(dtype) ? infix("/") : helper("divide"))(operands, dtype),
  pow: helper("power"),
  mod: helper("modulo"),
  atan2: math("atan2"),
  max: math("max"),
  min: math("min"),
  eq: infix("==="),
  lt: infix("<"),
  and: infix("&"),
  or: infix("|"),
  where: ([condition, a, b]) => ({ code: `${condition} ? ${a} : ${b}` }),
};

/** An element as another type. */
export function castWords(x: string, from: DType, to: DType): ElementCode {
  if (to === "bool") return { code: `${x} !== 0` };
  if (!isFloat(from) || isFloat(to)) return { code: x };
  const [low, high] = to === "int32" ? [-2147483648, 2147483647] : [0, 255];
  return { code: `Math.min(Math.max(Math.trunc(${x}), ${low}), ${high})` };
}
