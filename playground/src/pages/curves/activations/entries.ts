// The activation functions that the page shows: the library's, but for those over a whole layer, which are in Softmax.

import type { NamedFunction } from "../../../protocol/index.ts";

export interface ActivationOption {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly standard: number;
}

export interface ActivationEntry {
  /** As the library calls it. */
  readonly name: string;
  /** Options that are fixed. */
  readonly options?: Readonly<Record<string, number>>;
  /** The one that has a slider. */
  readonly option?: ActivationOption;
  /** f' in the library's language of expressions, of z and the option: spoken, and held to the library by a test. */
  readonly slope: string;
}

const ALPHA = { name: "alpha", from: 0, to: 2, step: 0.01 };
const SELU = "1.0507009873554805";

export const ACTIVATIONS = {
  sigmoid: { name: "sigmoid", slope: "sigmoid(z)*(1-sigmoid(z))" },
  tanh: { name: "tanh", slope: "1-tanh(z)^2" },
  relu: { name: "relu", slope: "step(z)" },
  leakyRelu: {
    name: "leakyRelu",
    option: { ...ALPHA, to: 1, standard: 0.01 },
    slope: "step(z)+alpha*(1-step(z))",
  },
  elu: {
    name: "elu",
    option: { ...ALPHA, standard: 1 },
    slope: "step(z)+(1-step(z))*alpha*exp(min(z,0))",
  },
  softplus: { name: "softplus", slope: "sigmoid(z)" },
  silu: {
    name: "silu",
    option: { name: "beta", from: 0, to: 10, step: 0.1, standard: 1 },
    slope: "sigmoid(beta*z)+beta*z*sigmoid(beta*z)*(1-sigmoid(beta*z))",
  },
  gelu: { name: "gelu", slope: "(1+erf(z/sqrt(2)))/2+z/sqrt(2*pi)*exp(-z^2/2)" },
  maxout: {
    name: "maxout",
    option: { name: "pieces", from: 2, to: 6, step: 1, standard: 2 },
    slope: "w_k",
  },
  step: { name: "step", slope: "0" },
  linear: { name: "linear", slope: "1" },
  hardSigmoid: {
    name: "hardSigmoid",
    option: { name: "slope", from: 0.05, to: 1, step: 0.05, standard: 0.25 },
    slope: "slope*step(slope*z+0.5)*step(0.5-slope*z)",
  },
  hardTanh: { name: "hardTanh", slope: "step(1-|z|)" },
  relu6: { name: "relu6", slope: "step(z)*step(6-z)" },
  celu: {
    name: "celu",
    option: { ...ALPHA, from: 0.05, step: 0.05, standard: 1 },
    slope: "step(z)+(1-step(z))*exp(min(z,0)/alpha)",
  },
  selu: {
    name: "selu",
    slope: `${SELU}*(step(z)+(1-step(z))*1.6732632423543772*exp(min(z,0)))`,
  },
  softsign: { name: "softsign", slope: "1/(1+|z|)^2" },
  logSigmoid: { name: "logSigmoid", slope: "sigmoid(-z)" },
  geluTanh: {
    name: "gelu",
    options: { approximate: 1 },
    slope:
      "u=sqrt(2/pi)*(z+0.044715*z^3); (1+tanh(u))/2+z/2*(1-tanh(u)^2)*sqrt(2/pi)*(1+0.134145*z^2)",
  },
  hardSilu: { name: "hardSilu", slope: "step(3-|z|)*(z/3+0.5)+step(z-3)" },
  mish: {
    name: "mish",
    slope: "s=softplus(z); tanh(s)+z*sigmoid(z)*(1-tanh(s)^2)",
  },
  sin: { name: "sin", slope: "cos(z)" },
} satisfies Readonly<Record<string, ActivationEntry>>;

export type ActivationKey = keyof typeof ACTIVATIONS;

export const ACTIVATION_KEYS = Object.keys(ACTIVATIONS) as ActivationKey[];

export function entryOf(key: ActivationKey): ActivationEntry {
  return ACTIVATIONS[key];
}

/** A function that was chosen, with its option where the slider stands. */
export interface Chosen {
  readonly key: ActivationKey;
  readonly value: number;
}

export function chosenOf(key: ActivationKey): Chosen {
  return { key, value: entryOf(key).option?.standard ?? 0 };
}

export function functionOf({ key, value }: Chosen): NamedFunction {
  const { name, options, option } = entryOf(key);
  return { name, options: { ...options, ...(option && { [option.name]: value }) } };
}
