// Activation functions by name.

import { expectArgument, func } from "../../checks/arguments.ts";
import { relu, sigmoid, tanh } from "../../tensor/elementwise.ts";
import { softmax } from "../../tensor/softmax.ts";
import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import { type Activation, type ActivationFamily, plain } from "./activation.ts";

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

/** Those without a row are in `late.ts`. */
const FAMILIES: Readonly<Record<ActivationName, ActivationFamily | null>> = {
  linear: plain("x", (x) => x),
  sigmoid: plain("1 / (1 + exp(-x))", sigmoid),
  hardSigmoid: null,
  tanh: plain("tanh(x)", tanh),
  hardTanh: null,
  relu: plain("max(0, x)", relu),
  relu6: null,
  leakyRelu: null,
  elu: null,
  celu: null,
  selu: null,
  softplus: null,
  softsign: null,
  logSigmoid: null,
  gelu: null,
  silu: null,
  hardSilu: null,
  mish: null,
  sin: null,
  step: null,
  softmax: {
    ...plain("exp(x_i) / sum_j exp(x_j)", (x) => softmax(x)),
    axisWise: true,
  },
  logSoftmax: null,
  maxout: null,
};

const ALIASES: Readonly<Record<string, ActivationName>> = {
  logistic: "sigmoid",
  swish: "silu",
  hardSwish: "hardSilu",
  heaviside: "step",
  identity: "linear",
};

const ACTIVATIONS = makeRegistry<Activation>("activation", "apply", async () => {
  return (await import("./late.ts")).LATE_ACTIVATIONS;
})(FAMILIES, ALIASES);

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
  return ACTIVATIONS.names().filter((name) => name !== "maxout");
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
