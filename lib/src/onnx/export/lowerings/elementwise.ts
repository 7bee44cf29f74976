// Ops element by element.

import { type DType, isFloat } from "../../../ir/dtype.ts";
import type { Node } from "../../../ir/graph.ts";
import type { OpName } from "../../../ir/op-table.ts";
import { TYPE_CODES } from "../graph/element-types.ts";
import type { Lowering, Site } from "../site.ts";
import { withSums } from "./biased.ts";
import { castTo } from "./cast.ts";
import { whereSoftmax } from "./softmax.ts";

type Formula = (site: Site, names: readonly string[], dtype: DType) => string;

/** Bytes have few ops in ONNX Runtime: they are computed as int32, whose low bytes are the same. */
function computed(formula: Formula, isTest = false): Lowering {
  return (site, { inputs, outputs: [y] }: Node<OpName>) => {
    const dtype = inputs.at(-1)!.type.dtype;
    const asInt = dtype === "uint8";
    site.elementwise(y!, inputs, (names) => {
      if (!asInt) return formula(site, names, dtype);
      const wide = names.map((name) => site.cast(name, "int32"));
      const result = formula(site, wide, "int32");
      return isTest ? result : site.cast(result, "uint8");
    });
  };
}

/** The op of ONNX that does the same. */
const same = (op: string, isTest = false): Lowering =>
  computed((site, names) => site.node(op, names), isTest);

const one = (site: Site, dtype: DType) => site.number(1, dtype);
const zero = (site: Site, dtype: DType) => site.number(0, dtype);

/** exp(x) - 1: where exp(x) = u is rounded, (u - 1) x / log(u) makes good for it (Kahan). */
const expm1 = computed((site, [x], dtype) => {
  const u = site.node("Exp", [x!]);
  const less = site.node("Sub", [u, one(site, dtype)]);
  const mended = site.node("Div", [site.node("Mul", [less, x!]), site.node("Log", [u])]);
  const isSmall = site.node("Equal", [u, one(site, dtype)]);
  // Far to the left u is 0 and far to the right infinite: nothing is lost there, and log(u) is no number.
  const isFar = site.node("Greater", [site.node("Abs", [x!]), one(site, dtype)]);
  return site.node("Where", [isSmall, x!, site.node("Where", [isFar, less, mended])]);
});

/** log(1 + x) likewise: log(u) x / (u - 1), where u = 1 + x as it is rounded. */
const log1p = computed((site, [x], dtype) => {
  const u = site.node("Add", [x!, one(site, dtype)]);
  const log = site.node("Log", [u]);
  const less = site.node("Sub", [u, one(site, dtype)]);
  const mended = site.node("Div", [site.node("Mul", [log, x!]), less]);
  const isSmall = site.node("Equal", [less, zero(site, dtype)]);
  const isFar = site.node("Greater", [site.node("Abs", [x!]), one(site, dtype)]);
  return site.node("Where", [isSmall, x!, site.node("Where", [isFar, log, mended])]);
});

const logTo = (base: number): Lowering =>
  computed((site, [x], dtype) =>
    site.node("Div", [site.node("Log", [x!]), site.number(Math.log(base), dtype)]),
  );

/** Whole numbers divide with floor, exactly in float64, and give 0 where the divisor is 0. */
const div = computed((site, [a, b], dtype) => {
  if (isFloat(dtype)) return site.node("Div", [a!, b!]);
  const isZero = site.node("Equal", [b!, zero(site, dtype)]);
  const safe = site.node("Where", [isZero, one(site, dtype), b!]);
  const wide = [a!, safe].map((name) => site.cast(name, "float64"));
  const quotient = site.node("Cast", [site.node("Floor", [site.node("Div", wide)])], {
    to: TYPE_CODES.int32,
  });
  return site.node("Where", [isZero, zero(site, dtype), quotient]);
});

/** The remainder that C has, of the sign of a, brought to the sign of b. */
const mod = computed((site, [a, b], dtype) => {
  const rest = site.node("Mod", [a!, b!], { fmod: 1 });
  const below = (x: string) => site.node("Less", [x, zero(site, dtype)]);
  const isZero = site.node("Equal", [rest, zero(site, dtype)]);
  const differ = site.node("Xor", [below(rest), below(b!)]);
  const moved = site.node("Where", [differ, site.node("Add", [rest, b!]), rest]);
  const signed = site.node("Where", [below(b!), site.number(-0, dtype), zero(site, dtype)]);
  return site.node("Where", [isZero, signed, moved]);
});

/** The angle of (x, y): that of y / x, half a turn further to the left of the axis. */
const atan2 = computed((site, [y, x], dtype) => {
  const pi = (factor: number) => site.number(factor * Math.PI, dtype);
  const below = (v: string) => site.node("Less", [v, zero(site, dtype)]);
  // 1 / -0 tells zero's sign.
  const isBelow = (v: string) =>
    site.node("Or", [below(v), below(site.node("Div", [one(site, dtype), v]))]);
  const turn = site.node("Where", [isBelow(y!), pi(-1), pi(1)]);
  const quotient = site.node("Div", [y!, x!]);
  const angle = site.node("Atan", [quotient]);
  const whole = site.node("Where", [isBelow(x!), site.node("Add", [angle, turn]), angle]);
  const isNone = (v: string) => site.node("Equal", [v, zero(site, dtype)]);
  const left = site.node("Where", [isBelow(x!), turn, y!]);
  const atOrigin = site.node("And", [isNone(y!), isNone(x!)]);
  const infinite = (v: string) => site.node("IsInf", [v]);
  const corner = site.node("Where", [
    isBelow(x!),
    site.node("Where", [isBelow(y!), pi(-0.75), pi(0.75)]),
    site.node("Where", [isBelow(y!), pi(-0.25), pi(0.25)]),
  ]);
  const atCorner = site.node("And", [infinite(y!), infinite(x!)]);
  return site.node("Where", [atOrigin, left, site.node("Where", [atCorner, corner, whole])]);
});

/** max(x, 0) has a name of its own. */
const max: Lowering<"max"> = (site, node) => {
  const [a, b] = node.inputs;
  const { dtype } = node.outputs[0]!.type;
  const bottom = site.place(b!);
  const isRelu = isFloat(dtype) && bottom.name === site.number(0, dtype);
  if (!isRelu) return same("Max")(site, node as Node);
  site.elementwise(node.outputs[0]!, [a!], ([x]) => site.node("Relu", [x!]));
};

/** ONNX Runtime chooses among bytes, not among truths. */
const where: Lowering<"where"> = (site, { inputs, outputs: [y] }) => {
  const isBool = y!.type.dtype === "bool";
  site.elementwise(y!, inputs, ([condition, ...cases]) => {
    if (!isBool) return site.node("Where", [condition!, ...cases]);
    const bytes = cases.map((name) => site.cast(name, "uint8"));
    return site.cast(site.node("Where", [condition!, ...bytes]), "bool");
  });
};

type Elementwise =
  | "neg"
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "sin"
  | "cos"
  | "tanh"
  | "sigmoid"
  | "erf"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "log2"
  | "log10"
  | "floor"
  | "round"
  | "not"
  | "cast"
  | "stopGradient"
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "pow"
  | "mod"
  | "atan2"
  | "max"
  | "min"
  | "eq"
  | "lt"
  | "and"
  | "or"
  | "where";

export const ELEMENTWISE_LOWERINGS: { readonly [N in Elementwise]: Lowering<N> } = {
  neg: same("Neg"),
  exp: same("Exp"),
  expm1,
  log: same("Log"),
  log1p,
  sqrt: same("Sqrt"),
  sin: same("Sin"),
  cos: same("Cos"),
  tanh: same("Tanh"),
  sigmoid: same("Sigmoid"),
  erf: same("Erf"),
  tan: same("Tan"),
  asin: same("Asin"),
  acos: same("Acos"),
  atan: same("Atan"),
  sinh: same("Sinh"),
  cosh: same("Cosh"),
  asinh: same("Asinh"),
  acosh: same("Acosh"),
  atanh: same("Atanh"),
  log2: logTo(2),
  log10: logTo(10),
  floor: same("Floor"),
  round: same("Round"),
  not: same("Not"),
  cast: castTo,
  // Only derivatives see it.
  stopGradient: (site, { inputs: [x], outputs: [y] }) => {
    const { name, dims } = site.place(x!);
    site.set(y!, name, dims);
  },
  add: withSums(same("Add")),
  sub: whereSoftmax(same("Sub")),
  mul: same("Mul"),
  div: whereSoftmax(div),
  pow: same("Pow"),
  mod,
  atan2,
  max,
  min: same("Min"),
  eq: same("Equal", true),
  lt: same("Less", true),
  and: same("And"),
  or: same("Or"),
  where,
};
