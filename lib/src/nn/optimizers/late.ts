// The optimizers that are fetched when a specification names them.

import { ADADELTA_DEFAULTS, adadelta } from "./adadelta.ts";
import { ADAGRAD_DEFAULTS, adagrad } from "./adagrad.ts";
import { ADAM_DEFAULTS, ADAMW_DEFAULTS, adam, adamW } from "./adam.ts";
import { DECAYED } from "./decay.ts";
import { LBFGS_DEFAULTS, LBFGS_KINDS, lbfgs } from "./lbfgs.ts";
import { LION_DEFAULTS, lion } from "./lion.ts";
import { NADAM_DEFAULTS, nadam } from "./nadam.ts";
import type { OptimizerFamily } from "./optimizer.ts";
import { RADAM_DEFAULTS, radam } from "./radam.ts";
import { RMS_PROP_DEFAULTS, rmsProp } from "./rms-prop.ts";

/** What the type of its default does not say. */
const CHOICE = { decayOn: DECAYED };

export const LATE_OPTIMIZERS: Readonly<Record<string, OptimizerFamily>> = {
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
