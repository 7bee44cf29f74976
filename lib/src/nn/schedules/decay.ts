// Learning rates that fall (NNDL, section 7.2.3).

import { expectOptions, type Kinds, notNegative, positive } from "../../checks/arguments.ts";
import { CONSTANT, type ConstantOptions, withDefaults } from "./constant.ts";
import type { Schedule } from "./schedule.ts";

/** Options of stepDecay(); factor 0.5 every 10 epochs by default. */
export interface StepDecayOptions extends ConstantOptions {
  readonly factor?: number;
  /** Epochs between two multiplications with the factor. */
  readonly every?: number;
}

/** Options of exponentialDecay() (decay 0.96 by default) and inverseTimeDecay() (0.1). */
export interface DecayOptions extends ConstantOptions {
  readonly decay?: number;
}

/** Options of cosineDecay(); it ends at 0 after 30 epochs by default. */
export interface CosineDecayOptions extends ConstantOptions {
  /** Where the curve ends and stays. */
  readonly final?: number;
  /** Epochs until it ends. */
  readonly epochs?: number;
}

interface Defaults {
  readonly stepDecay: Required<StepDecayOptions>;
  readonly exponential: Required<DecayOptions>;
  readonly inverseTime: Required<DecayOptions>;
  readonly cosine: Required<CosineDecayOptions>;
}

export const DEFAULTS: Defaults = {
  stepDecay: { rate: 0.01, factor: 0.5, every: 10 },
  exponential: { rate: 0.01, decay: 0.96 },
  inverseTime: { rate: 0.01, decay: 0.1 },
  cosine: { rate: 0.01, final: 0, epochs: 30 },
};

const STEPS: Kinds<StepDecayOptions> = { ...CONSTANT, factor: notNegative, every: positive };
const DECAY: Kinds<DecayOptions> = { ...CONSTANT, decay: notNegative };
const COSINE: Kinds<CosineDecayOptions> = { ...CONSTANT, final: notNegative, epochs: positive };

/** rate * factor^floor(epoch / every), as in Keras's and PyTorch's step decay (NNDL, section 7.2.3). */
export function stepDecay(options: StepDecayOptions = {}): Schedule {
  expectOptions("stepDecay", options, STEPS);
  const { rate, factor, every } = withDefaults(DEFAULTS.stepDecay, options);
  return { at: (epoch) => rate * factor ** Math.floor(epoch / every) };
}

/** rate * decay^epoch. */
export function exponentialDecay(options: DecayOptions = {}): Schedule {
  expectOptions("exponentialDecay", options, DECAY);
  const { rate, decay } = withDefaults(DEFAULTS.exponential, options);
  return { at: (epoch) => rate * decay ** epoch };
}

/** rate / (1 + decay * epoch). */
export function inverseTimeDecay(options: DecayOptions = {}): Schedule {
  expectOptions("inverseTimeDecay", options, DECAY);
  const { rate, decay } = withDefaults(DEFAULTS.inverseTime, options);
  return { at: (epoch) => rate / (1 + decay * epoch) };
}

/** Half a cosine wave from `rate` to `final` over `epochs` epochs (Loshchilov and Hutter 2017). */
export function cosineDecay(options: CosineDecayOptions = {}): Schedule {
  expectOptions("cosineDecay", options, COSINE);
  const { rate, final, epochs } = withDefaults(DEFAULTS.cosine, options);
  return {
    at: (epoch) => {
      const turn = Math.PI * Math.min(epoch / epochs, 1);
      return final + ((rate - final) * (1 + Math.cos(turn))) / 2;
    },
  };
}
