// The activations that recurrent ops name, with their two numbers.

import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { add, mul, relu, sigmoid, tanh } from "../../../../tensor/elementwise.ts";
import type { Call } from "../../core/call.ts";
import {
  aboveOnly,
  eluOf,
  hardSigmoidOf,
  leaky,
  softplusOf,
  softsignOf,
} from "../elementwise/activations.ts";

export type CellActivation = (x: Tensor) => Tensor;

/** What makes an activation of alpha and beta, and what they are where the node does not say. */
const MAKERS: Readonly<
  Record<
    string,
    {
      readonly make: (alpha: number, beta: number) => CellActivation;
      readonly alpha?: number;
      readonly beta?: number;
    }
  >
> = {
  relu: { make: () => (x) => relu(x) },
  tanh: { make: () => (x) => tanh(x) },
  sigmoid: { make: () => (x) => sigmoid(x) },
  softsign: { make: () => softsignOf },
  softplus: { make: () => softplusOf },
  affine: { make: (a, b) => (x) => add(mul(x, a), b), alpha: 1, beta: 0 },
  leakyrelu: { make: (a) => (x) => leaky(x, a), alpha: 0.01 },
  thresholdedrelu: { make: (a) => (x) => aboveOnly(x, a), alpha: 1 },
  scaledtanh: { make: (a, b) => (x) => mul(tanh(mul(x, b)), a), alpha: 1, beta: 1 },
  hardsigmoid: { make: (a, b) => (x) => hardSigmoidOf(x, a, b), alpha: 0.2, beta: 0.5 },
  elu: { make: (a) => (x) => eluOf(x, a), alpha: 1 },
};

/** One activation for each name; alphas and betas go to those that take them, in order. */
export function cellActivations(c: Call, names: readonly string[]): CellActivation[] {
  const alphas = [...(c.floats("activation_alpha") ?? [])];
  const betas = [...(c.floats("activation_beta") ?? [])];
  return names.map((name) => {
    const key = name.toLowerCase();
    if (!Object.hasOwn(MAKERS, key)) {
      throw c.refuse(
        `activation ${JSON.stringify(name)} is not covered; covered are ${Object.keys(MAKERS).join(", ")}`,
      );
    }
    const { make, alpha, beta } = MAKERS[key]!;
    const a = alpha === undefined ? 0 : (alphas.shift() ?? alpha);
    return make(a, beta === undefined ? 0 : (betas.shift() ?? beta));
  });
}
