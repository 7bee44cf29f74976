// Activation functions by name.

import { expectArgument, func, type Kind, positive, whole } from "../../checks/arguments.ts";
import { relu, sigmoid, sin, tanh } from "../../tensor/elementwise.ts";
import { logSoftmax, softmax } from "../../tensor/softmax.ts";
import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import { type Activation, type ActivationFamily, activationFamily, plain } from "./activation.ts";
import { gelu, geluTanh, hardSilu, mish, silu } from "./gated.ts";
import { largestPiece } from "./maxout.ts";
import { celu, elu, leakyRelu, logSigmoid, relu6, selu, softplus } from "./relu.ts";
import { hardSigmoid, hardTanh, softsign } from "./sigmoid.ts";
import { step } from "./step.ts";

export type { Activation } from "./activation.ts";
export { gelu, geluTanh, hardSilu, mish, silu } from "./gated.ts";
export { celu, elu, leakyRelu, logSigmoid, relu6, selu, softplus } from "./relu.ts";
export { hardSigmoid, hardTanh, softsign } from "./sigmoid.ts";
export { step } from "./step.ts";

interface WithAlpha {
  readonly alpha?: number;
}

interface ActivationOptions {
  readonly linear: unknown;
  readonly sigmoid: unknown;
  readonly hardSigmoid: { readonly slope?: number };
  readonly tanh: unknown;
  readonly hardTanh: unknown;
  readonly relu: unknown;
  readonly relu6: unknown;
  readonly leakyRelu: WithAlpha;
  readonly elu: WithAlpha;
  readonly celu: WithAlpha;
  readonly selu: unknown;
  readonly softplus: unknown;
  readonly softsign: unknown;
  readonly logSigmoid: unknown;
  readonly gelu: { readonly approximate?: boolean | number };
  readonly silu: { readonly beta?: number };
  readonly hardSilu: unknown;
  readonly mish: unknown;
  readonly sin: unknown;
  readonly step: unknown;
  readonly softmax: unknown;
  readonly logSoftmax: unknown;
  readonly maxout: { readonly pieces?: number };
}

/** The activations that a name can say; activation() makes one. */
export type ActivationName = keyof ActivationOptions;

/** A name, a name with parameters as in { name: "elu", alpha: 2 }, or an activation of your own. */
export type ActivationSpec = ActivationName | NamedOptions<ActivationOptions> | Activation;

const several: Kind<number> = {
  says: "a whole number of 2 or more",
  fits: (value) => whole.fits(value) && (value as number) >= 2,
};

const FAMILIES: Readonly<Record<ActivationName, ActivationFamily>> = {
  linear: plain("x", (x) => x),
  sigmoid: plain("1 / (1 + exp(-x))", sigmoid),
  hardSigmoid: {
    ...activationFamily(
      { slope: 1 / 6 },
      ({ slope }) => `max(0, min(1, ${Number(slope.toPrecision(4))} x + 0.5))`,
      (x, { slope }) => hardSigmoid(x, slope),
    ),
    kinds: { slope: positive },
  },
  tanh: plain("tanh(x)", tanh),
  hardTanh: plain("max(-1, min(1, x))", hardTanh),
  relu: plain("max(0, x)", relu),
  relu6: plain("max(0, min(6, x))", relu6),
  leakyRelu: activationFamily(
    { alpha: 0.01 },
    ({ alpha }) => `max(0, x) + ${alpha} min(0, x)`,
    (x, { alpha }) => leakyRelu(x, alpha),
  ),
  elu: activationFamily(
    { alpha: 1 },
    ({ alpha }) => `max(0, x) + min(0, ${times(alpha)}(exp(x) - 1))`,
    (x, { alpha }) => elu(x, alpha),
  ),
  celu: {
    ...activationFamily(
      { alpha: 1 },
      ({ alpha }) =>
        `max(0, x) + min(0, ${times(alpha)}(exp(x${alpha === 1 ? "" : ` / ${alpha}`}) - 1))`,
      (x, { alpha }) => celu(x, alpha),
    ),
    kinds: { alpha: positive },
  },
  selu: plain("1.0507 (max(0, x) + min(0, 1.6733 (exp(x) - 1)))", selu),
  softplus: plain("log(1 + exp(x))", softplus),
  softsign: plain("x / (1 + |x|)", softsign),
  logSigmoid: plain("-log(1 + exp(-x))", logSigmoid),
  gelu: activationFamily(
    { approximate: 0 },
    ({ approximate }) =>
      approximate
        ? "x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2"
        : "x (1 + erf(x / sqrt(2))) / 2",
    (x, { approximate }) => (approximate ? geluTanh(x) : gelu(x)),
  ),
  silu: activationFamily(
    { beta: 1 },
    ({ beta }) => `x / (1 + exp(${beta === 1 ? "-x" : `-${beta} x`}))`,
    (x, { beta }) => silu(x, beta),
  ),
  hardSilu: plain("x max(0, min(1, x / 6 + 0.5))", hardSilu),
  mish: plain("x tanh(log(1 + exp(x)))", mish),
  sin: plain("sin(x)", sin),
  step: plain("1 if x > 0, else 0", step),
  softmax: {
    ...plain("exp(x_i) / sum_j exp(x_j)", (x) => softmax(x)),
    axisWise: true,
  },
  logSoftmax: {
    ...plain("x_i - log(sum_j exp(x_j))", (x) => logSoftmax(x)),
    axisWise: true,
  },
  maxout: {
    ...activationFamily(
      { pieces: 2 },
      ({ pieces }) => `max(z_1, ..., z_${pieces}), each a net input of the unit`,
      (x, { pieces }) => largestPiece(x, pieces),
    ),
    kinds: { pieces: several },
    axisWise: true,
    hasPieces: true,
  },
};

const ALIASES: Readonly<Record<string, ActivationName>> = {
  logistic: "sigmoid",
  swish: "silu",
  hardSwish: "hardSilu",
  heaviside: "step",
  identity: "linear",
};

const ACTIVATIONS = makeRegistry<Activation>("activation", "apply")(FAMILIES, ALIASES);

/**
 * The activation that a specification names.
 * @throws ArgumentError for an unknown name or parameter, and for an activation that applies nothing
 */
export function activationOf(spec: ActivationSpec | Written): Activation {
  if (ACTIVATIONS.isOwn(spec)) {
    expectArgument("activation", "its apply", spec.apply, func);
    return spec;
  }
  const { name, entry, config } = ACTIVATIONS.read(numbers(spec));
  const parameters = config as Readonly<Record<string, number>>;
  const { axisWise, hasPieces } = entry;
  return {
    name,
    config: parameters,
    formula: entry.formula(parameters),
    apply: (x) => entry.apply(x, parameters),
    ...(axisWise && { axisWise }),
    ...(hasPieces && { pieces: parameters["pieces"]! }),
  };
}

/** The names of all that have one net input for each output, in the order of the table: all but maxout. */
export function activationNames(): ActivationName[] {
  return ACTIVATIONS.names().filter((name) => !FAMILIES[name].hasPieces);
}

/** Parameters are numbers; true and false stand for 1 and 0. */
function numbers(spec: unknown): unknown {
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) return spec;
  const { name, ...options } = spec as Record<string, unknown>;
  const entries = Object.entries(options).map(
    ([option, value]) => [option, typeof value === "boolean" ? Number(value) : value] as const,
  );
  return { ...Object.fromEntries(entries), name };
}

function times(factor: number): string {
  return factor === 1 ? "" : `${factor} `;
}
