// Optimizers by name.

import { expectArgument, func, notNegative, text } from "../../checks/arguments.ts";
import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import type { AdadeltaOptions } from "./adadelta.ts";
import type { AdagradOptions } from "./adagrad.ts";
import type { AdamOptions, AdamWOptions } from "./adam.ts";
import type { LbfgsOptions } from "./lbfgs.ts";
import type { LionOptions } from "./lion.ts";
import type { NadamOptions } from "./nadam.ts";
import type { Optimizer, OptimizerFamily } from "./optimizer.ts";
import type { RadamOptions } from "./radam.ts";
import type { RmsPropOptions } from "./rms-prop.ts";
import { SGD_DEFAULTS, type SgdOptions, sgd } from "./sgd.ts";

export { type AdadeltaOptions, adadelta } from "./adadelta.ts";
export { type AdagradOptions, adagrad } from "./adagrad.ts";
export { type AdamOptions, type AdamWOptions, adam, adamW } from "./adam.ts";
export {
  type ClipSpec,
  clipByNorm,
  clipByValue,
  clipGradients,
  clipOf,
  globalNorm,
} from "./clip.ts";
export type { Decayed } from "./decay.ts";
export { type LbfgsOptions, lbfgs } from "./lbfgs.ts";
export { type LionOptions, lion } from "./lion.ts";
export { type NadamOptions, nadam } from "./nadam.ts";
export type { Optimizer, UpdateArguments, Updated } from "./optimizer.ts";
export { type RadamOptions, radam } from "./radam.ts";
export { type RmsPropOptions, rmsProp } from "./rms-prop.ts";
export { type SgdOptions, sgd } from "./sgd.ts";

interface OptimizerOptions {
  readonly sgd: SgdOptions;
  readonly adam: AdamOptions;
  readonly adamW: AdamWOptions;
  readonly nadam: NadamOptions;
  readonly radam: RadamOptions;
  readonly lion: LionOptions;
  readonly rmsProp: RmsPropOptions;
  readonly adagrad: AdagradOptions;
  readonly adadelta: AdadeltaOptions;
  readonly lbfgs: LbfgsOptions;
}

/** The optimizers that a name can say. */
export type OptimizerName = keyof OptimizerOptions;

/** A name, a name with options as in { name: "sgd", learningRate: 3 }, or an optimizer. */
export type OptimizerSpec = OptimizerName | NamedOptions<OptimizerOptions> | Optimizer;

/** Those without a row are in `late.ts`. */
const FAMILIES: Readonly<Record<OptimizerName, OptimizerFamily | null>> = {
  sgd: { defaults: SGD_DEFAULTS, make: sgd },
  adam: null,
  adamW: null,
  nadam: null,
  radam: null,
  lion: null,
  rmsProp: null,
  adagrad: null,
  adadelta: null,
  lbfgs: null,
};

const OPTIMIZERS = makeRegistry<Optimizer>("optimizer", "update", async () => {
  return (await import("./late.ts")).LATE_OPTIMIZERS;
})(FAMILIES);

/**
 * The optimizer that a specification names; case and underscores do not count in its name.
 * @throws ArgumentError for an unknown name or option, and for an optimizer that lacks something
 */
export function optimizerOf(spec: OptimizerSpec | Written): Optimizer {
  if (OPTIMIZERS.isOwn(spec)) {
    expectArgument("optimizer", "its update", spec.update, func);
    expectArgument("optimizer", "its name", spec.name, text);
    expectArgument("optimizer", "its init", spec.init, func);
    expectArgument("optimizer", "its learningRate", spec.learningRate, notNegative);
    return spec;
  }
  const { entry, config } = OPTIMIZERS.read(spec);
  return entry.make(config);
}

/** All names, in the order of the table. */
export function optimizerNames(): OptimizerName[] {
  return OPTIMIZERS.names();
}
