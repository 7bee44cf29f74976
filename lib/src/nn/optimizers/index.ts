// Optimizers by name.

import { expectArgument, func, type Kind, notNegative, text } from "../../checks/arguments.ts";
import { makeRegistry } from "../registry.ts";
import type { Config, NamedOptions, Written } from "../spec.ts";
import { ADADELTA_DEFAULTS, type AdadeltaOptions, adadelta } from "./adadelta.ts";
import { ADAGRAD_DEFAULTS, type AdagradOptions, adagrad } from "./adagrad.ts";
import {
  ADAM_DEFAULTS,
  ADAMW_DEFAULTS,
  type AdamOptions,
  type AdamWOptions,
  adam,
  adamW,
} from "./adam.ts";
import { DECAYED } from "./decay.ts";
import { LBFGS_DEFAULTS, LBFGS_KINDS, type LbfgsOptions, lbfgs } from "./lbfgs.ts";
import { LION_DEFAULTS, type LionOptions, lion } from "./lion.ts";
import { NADAM_DEFAULTS, type NadamOptions, nadam } from "./nadam.ts";
import type { Optimizer } from "./optimizer.ts";
import { RADAM_DEFAULTS, type RadamOptions, radam } from "./radam.ts";
import { RMS_PROP_DEFAULTS, type RmsPropOptions, rmsProp } from "./rms-prop.ts";
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

interface Family {
  readonly defaults: Config;
  readonly kinds?: Readonly<Record<string, Kind>>;
  readonly make: (config: Config) => Optimizer;
}

/** What the type of its default does not say. */
const CHOICE = { decayOn: DECAYED };

const FAMILIES: Readonly<Record<OptimizerName, Family>> = {
  sgd: { defaults: SGD_DEFAULTS, make: sgd },
  adam: { defaults: ADAM_DEFAULTS, make: adam },
  adamW: { defaults: ADAMW_DEFAULTS, kinds: CHOICE, make: adamW },
  nadam: { defaults: NADAM_DEFAULTS, make: nadam },
  radam: { defaults: RADAM_DEFAULTS, make: radam },
  lion: { defaults: LION_DEFAULTS, kinds: CHOICE, make: lion },
  rmsProp: { defaults: RMS_PROP_DEFAULTS, make: rmsProp },
  adagrad: { defaults: ADAGRAD_DEFAULTS, make: adagrad },
  adadelta: { defaults: ADADELTA_DEFAULTS, make: adadelta },
  lbfgs: { defaults: LBFGS_DEFAULTS, kinds: LBFGS_KINDS, make: lbfgs },
};

const OPTIMIZERS = makeRegistry<Optimizer>("optimizer", "update")(FAMILIES);

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
