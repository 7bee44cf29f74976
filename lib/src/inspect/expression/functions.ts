// What an expression may call, operators included: the library's own tensor functions, the derivative of
// each by its operands as a text, and where each is defined.

import { softplus } from "../../nn/activations/relu.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { greater } from "../../tensor/comparison.ts";
import {
  abs,
  add,
  cast,
  cos,
  div,
  erf,
  exp,
  expm1,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  relu,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  sub,
  tanh,
} from "../../tensor/elementwise.ts";

type Scalar = Tensor<[]>;

/** The operators first, then what is called by name. */
export type FunctionName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "pow"
  | "neg"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "sin"
  | "cos"
  | "tan"
  | "tanh"
  | "sigmoid"
  | "relu"
  | "softplus"
  | "erf"
  | "abs"
  | "square"
  | "sign"
  | "step"
  | "max"
  | "min";

export interface ExpressionFunction {
  readonly arity: 1 | 2;
  apply(u: Scalar, v: Scalar): Scalar;
  /** The derivative by u, and by v, as expressions of u and v. */
  readonly slopes: readonly string[];
  /** What is wrong with u and v, where the function or its derivative has no value there. */
  outside?(u: number, v: number): string | undefined;
}

type Outside = NonNullable<ExpressionFunction["outside"]>;

function one(apply: (u: Scalar) => Scalar, slope: string, outside?: Outside): ExpressionFunction {
  return { arity: 1, apply, slopes: [slope], ...(outside && { outside }) };
}

function two(
  apply: (u: Scalar, v: Scalar) => Scalar,
  slopes: readonly [string, string],
  outside?: Outside,
): ExpressionFunction {
  return { arity: 2, apply, slopes, ...(outside && { outside }) };
}

const LOGARITHM: Outside = (u) => {
  if (u === 0) return "the logarithm of 0 is minus infinity, and has no derivative";
  return u < 0 ? `the logarithm is defined above 0 only, and not at ${u}` : undefined;
};

const corner =
  (taken: string): Outside =>
  (u) =>
    u === 0 ? `there is a corner at 0, with no derivative; the library takes ${taken}` : undefined;

const jump: Outside = (u) =>
  u === 0 ? "there is a jump at 0, with no derivative; the library takes 0" : undefined;

const tie: Outside = (u, v) =>
  u === v
    ? `both are ${u}: there is a corner, with no derivative; the library takes that of the second`
    : undefined;

/** Operators are functions too: `-u` is neg(u). */
export const FUNCTIONS: Readonly<Record<FunctionName, ExpressionFunction>> = {
  add: two((u, v) => add(u, v), ["1", "1"]),
  sub: two((u, v) => sub(u, v), ["1", "-1"]),
  mul: two((u, v) => mul(u, v), ["v", "u"]),
  div: two(
    (u, v) => div(u, v),
    ["1/v", "-u/v^2"],
    (u, v) => (v === 0 ? `${u} is divided by 0` : undefined),
  ),
  pow: two((u, v) => pow(u, v), ["v*u^(v-1)", "u^v*log(u)"], outsideOfPow),
  neg: one((u) => neg(u), "-1"),
  exp: one((u) => exp(u), "exp(u)"),
  expm1: one((u) => expm1(u), "exp(u)"),
  log: one((u) => log(u), "1/u", LOGARITHM),
  log1p: one(
    (u) => log1p(u),
    "1/(1+u)",
    (u) => (u <= -1 ? `log(1+x) is defined above -1 only, and not at ${u}` : undefined),
  ),
  sqrt: one(
    (u) => sqrt(u),
    "1/(2*sqrt(u))",
    (u) => {
      if (u === 0) return "the square root has an infinite derivative at 0";
      return u < 0 ? `the square root is defined from 0 on only, and not at ${u}` : undefined;
    },
  ),
  sin: one((u) => sin(u), "cos(u)"),
  cos: one((u) => cos(u), "-sin(u)"),
  tan: one((u) => div(sin(u), cos(u)), "1+tan(u)^2"),
  tanh: one((u) => tanh(u), "1-tanh(u)^2"),
  sigmoid: one((u) => sigmoid(u), "sigmoid(u)*(1-sigmoid(u))"),
  relu: one((u) => relu(u), "step(u)", corner("0")),
  softplus: one((u) => softplus(u), "sigmoid(u)"),
  erf: one((u) => erf(u), "2/sqrt(pi)*exp(-u^2)"),
  abs: one((u) => abs(u), "sign(u)", corner("0")),
  square: one((u) => square(u), "2*u"),
  sign: one((u) => sign(u), "0", jump),
  step: one((u) => cast(greater(u, 0), u.dtype), "0", jump),
  max: two((u, v) => maximum(u, v), ["step(u-v)", "1-step(u-v)"], tie),
  min: two((u, v) => minimum(u, v), ["step(v-u)", "1-step(v-u)"], tie),
};

/** Other names that people write. */
const OTHER_NAMES: Readonly<Record<string, FunctionName>> = {
  ln: "log",
  logistic: "sigmoid",
  σ: "sigmoid",
  maximum: "max",
  minimum: "min",
};

/** What can be called by name, in the order of the table. */
export const CALLABLE: readonly string[] = [...Object.keys(FUNCTIONS), ...Object.keys(OTHER_NAMES)];

/** Names that stand for a number, where the text does not give them another meaning. */
export const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["π", Math.PI],
  ["e", Math.E],
]);

export function functionNamed(name: string): FunctionName | undefined {
  if (Object.hasOwn(FUNCTIONS, name)) return name as FunctionName;
  return Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
}

function outsideOfPow(u: number, v: number): string | undefined {
  if (u === 0 && v < 0) return `0 to the power ${v} is a division by 0`;
  if (u === 0 && v > 0 && v < 1) return `0 to the power ${v} has an infinite derivative`;
  if (u < 0 && !Number.isInteger(v)) {
    return `a negative number has whole powers only: ${u} to the power ${v} is no real number`;
  }
  return undefined;
}
