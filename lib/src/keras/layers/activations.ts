// Activation functions by their names in Keras. What the names mean changed once: between Keras 2 and 3.

import { isRecord, showJson } from "../../formats/json.ts";
import { type ConfigField, type KerasConfig, refuseConfig } from "./row.ts";

/** An activation of ours: a name, or a name with numbers. */
type Written = string | KerasConfig;

const NAMES: Readonly<Record<string, Written>> = {
  linear: "linear",
  relu: "relu",
  relu6: "relu6",
  leaky_relu: { name: "leakyRelu", alpha: 0.2 },
  elu: "elu",
  selu: "selu",
  celu: "celu",
  softplus: "softplus",
  softsign: "softsign",
  sigmoid: "sigmoid",
  hard_sigmoid: "hardSigmoid",
  tanh: "tanh",
  hard_tanh: "hardTanh",
  silu: "silu",
  hard_silu: "hardSilu",
  gelu: "gelu",
  mish: "mish",
  log_sigmoid: "logSigmoid",
  softmax: "softmax",
  log_softmax: "logSoftmax",
};
const ALIASES: Readonly<Record<string, string>> = {
  swish: "silu",
  hard_swish: "hard_silu",
  // TF.js
  hardSigmoid: "hard_sigmoid",
  softPlus: "softplus",
  softSign: "softsign",
  logSoftmax: "log_softmax",
};
/** In Keras 2 and TF.js: 0.2 x + 0.5, between 0 and 1. */
const OLD: Readonly<Record<string, Written>> = {
  hard_sigmoid: { name: "hardSigmoid", slope: 0.2 },
};
const DEFAULTS: Readonly<Record<string, KerasConfig>> = {
  leakyRelu: { alpha: 0.01 },
  elu: { alpha: 1 },
  celu: { alpha: 1 },
  silu: { beta: 1 },
  gelu: { approximate: 0 },
  hardSigmoid: { slope: 1 / 6 },
};

/** @throws ArgumentError for a function that is none of ours */
export function readActivation(value: unknown, layer: string, isOld: boolean): Written {
  if (value === null || value === undefined) return "linear";
  const name = nameOf(value);
  const known = name !== null && Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
  if (known !== null && isOld && Object.hasOwn(OLD, known)) return OLD[known]!;
  if (known !== null && Object.hasOwn(NAMES, known)) return NAMES[known]!;
  return refuseConfig(
    layer,
    `the activation ${showJson(name ?? value)} is not supported; those that are: ${Object.keys(NAMES).join(", ")}`,
  );
}

/** A text, or a function or an object that says what it is called. */
function nameOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!isRecord(value)) return null;
  const { class_name: className, config } = value;
  if (className === "function" && typeof config === "string") return config;
  const isNamed = isRecord(config) && Object.keys(config).length <= 1;
  return isNamed && typeof className === "string" ? className.toLowerCase() : null;
}

/** Its name in Keras. @throws ArgumentError where no name says it */
export function writeActivation(given: unknown, layer: string): string {
  const found = keyOf(given);
  if (found !== null) return found;
  return refuseConfig(layer, `the activation ${JSON.stringify(given)} has no name in Keras`);
}

/** The same, or null where no name says it. */
export function keyOf(given: unknown): string | null {
  const own = spelledOut(given as Written);
  return Object.keys(NAMES).find((key) => same(spelledOut(NAMES[key]!), own)) ?? null;
}

/** With the numbers that are not said. */
export function spelledOut(given: Written): KerasConfig {
  const { name, ...numbers } = typeof given === "string" ? { name: given } : given;
  const said = Object.entries(numbers).map(([key, value]) => [key, Number(value)]);
  return { name, ...DEFAULTS[String(name)], ...Object.fromEntries(said) };
}

const same = (a: KerasConfig, b: KerasConfig): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.keys(a).every((key) => a[key] === b[key]);

/** An activation that is `fallback` where nothing is said. */
export function activationField(key: string, ours: string, fallback: string): ConfigField {
  return {
    key,
    ours,
    read: (value, { layer, isOld }) => {
      const found = readActivation(value, layer, isOld);
      return found === fallback ? {} : { [ours]: found };
    },
    write: (spec, { layer }) =>
      spec[ours] === undefined ? undefined : writeActivation(spec[ours], layer),
  };
}
