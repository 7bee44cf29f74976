// Activations written out as expressions of their net inputs.

import type { LayerEquations } from "neurite/inspect";
import { ProblemError } from "../../problem-error.ts";

export type Activation = LayerEquations["activation"];

/** Written with z for the net input. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  linear: "z + 0",
  sigmoid: "sigmoid(z)",
  tanh: "tanh(z)",
  relu: "relu(z)",
  softplus: "softplus(z)",
  silu: "z*sigmoid(z)",
  swish: "z*sigmoid(z)",
  leakyRelu: "max(z, 0) + alpha*min(z, 0)",
  elu: "max(z, 0) + alpha*(exp(min(z, 0)) - 1)",
  sin: "sin(z)",
  softsign: "z/(1 + abs(z))",
  gelu: "z*(1 + erf(z/sqrt(2)))/2",
};

/**
 * Statements of a layer's activations, as in "a1_2 = tanh(z1_2)".
 * @param l the number of the layer
 * @param of behind each name, which of several examples it is of
 */
export function activationText(
  { name, config }: Activation,
  zs: readonly string[],
  l: string,
  of = "",
): string[] {
  if (name === "softmax") {
    const powers = zs.map((z, j) => `e${l}_${j + 1}${of} = exp(${z})`);
    const sum = `s${l}${of} = ${zs.map((_, j) => `e${l}_${j + 1}${of}`).join(" + ")}`;
    const shares = zs.map((_, j) => `a${l}_${j + 1}${of} = e${l}_${j + 1}${of}/s${l}${of}`);
    return [...powers, sum, ...shares];
  }
  const formula = ACTIVATIONS[name];
  if (formula === undefined || (name !== "elu" && name !== "leakyRelu" && beta(config) !== 1)) {
    throw new ProblemError({ code: "noGraph", data: { reason: "activation", name } });
  }
  const alpha = String((config as { readonly alpha?: number }).alpha ?? 1);
  return zs.map((z, j) => {
    const written = formula.replaceAll(/\bz\b/g, z).replaceAll("alpha", alpha);
    return `a${l}_${j + 1}${of} = ${written}`;
  });
}

function beta(config: object): number {
  return (config as { readonly beta?: number }).beta ?? 1;
}
