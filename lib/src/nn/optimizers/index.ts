// Optimizers by name.

import { type Config, readSpec, type Spec } from "../spec.ts";
import { ADAGRAD_DEFAULTS, adagrad } from "./adagrad.ts";
import { ADAM_DEFAULTS, ADAMW_DEFAULTS, adam, adamW } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { RMS_PROP_DEFAULTS, rmsProp } from "./rms-prop.ts";
import { SGD_DEFAULTS, sgd } from "./sgd.ts";

export { type AdagradOptions, adagrad } from "./adagrad.ts";
export { type AdamOptions, adam, adamW } from "./adam.ts";
export { clipByNorm, clipByValue, globalNorm } from "./clip.ts";
export type { Optimizer, UpdateArguments, Updated } from "./optimizer.ts";
export { type RmsPropOptions, rmsProp } from "./rms-prop.ts";
export { type SgdOptions, sgd } from "./sgd.ts";

export type OptimizerName = "sgd" | "adam" | "adamW" | "rmsProp" | "adagrad";

/** A name, a name with options as in { name: "sgd", learningRate: 3 }, or an optimizer. */
export type OptimizerSpec = OptimizerName | (string & {}) | Spec<OptimizerName> | Optimizer;

interface Family {
  readonly defaults: Config;
  readonly make: (config: Config) => Optimizer;
}

const FAMILIES: Readonly<Record<OptimizerName, Family>> = {
  sgd: { defaults: SGD_DEFAULTS, make: sgd },
  adam: { defaults: ADAM_DEFAULTS, make: adam },
  adamW: { defaults: ADAMW_DEFAULTS, make: adamW },
  rmsProp: { defaults: RMS_PROP_DEFAULTS, make: rmsProp },
  adagrad: { defaults: ADAGRAD_DEFAULTS, make: adagrad },
};

/**
 * The optimizer that a specification names.
 * @throws ArgumentError for an unknown name or option
 */
export function optimizerOf(spec: OptimizerSpec): Optimizer {
  if (isOptimizer(spec)) return spec;
  const { entry, config } = readSpec("optimizer", spec, FAMILIES);
  return entry.make(config);
}

/** All names, in the order of the table. */
export function optimizerNames(): OptimizerName[] {
  return Object.keys(FAMILIES) as OptimizerName[];
}

function isOptimizer(spec: OptimizerSpec): spec is Optimizer {
  return typeof spec === "object" && spec !== null && typeof spec["update"] === "function";
}
