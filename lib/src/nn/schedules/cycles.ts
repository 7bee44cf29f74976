// Learning rates that rise and fall: one cycle over a run, or a fall that begins anew.

import {
  count,
  expectOptions,
  type Kinds,
  notNegative,
  positive,
  ratio,
} from "../../checks/arguments.ts";
import { type ConstantOptions, withDefaults } from "./constant.ts";
import { type Schedule, timeAt } from "./schedule.ts";

/** Options of cosineRestarts(); cycles of 10 epochs from 0.01 to 0 by default. */
export interface CosineRestartsOptions extends ConstantOptions {
  /** Where each cycle ends. */
  readonly final?: number;
  /** Epochs of the first cycle. */
  readonly epochs?: number;
  /** How many times as long as the last each cycle is; 1 by default. */
  readonly growth?: number;
}

/** Options of oneCycle(); over 30 epochs, of which it rises for 0.3, by default. */
export interface OneCycleOptions extends ConstantOptions {
  /** Epochs of the run. */
  readonly epochs?: number;
  /** The share of all steps in which the rate rises. */
  readonly rise?: number;
  /** The first rate is rate / divisor; 25 by default. */
  readonly divisor?: number;
  /** The last rate is the first / finalDivisor; 10,000 by default. */
  readonly finalDivisor?: number;
}

export const CYCLE_DEFAULTS: {
  readonly cosineRestarts: Required<CosineRestartsOptions>;
  readonly oneCycle: Required<OneCycleOptions>;
} = {
  cosineRestarts: { rate: 0.01, final: 0, epochs: 10, growth: 1 },
  oneCycle: { rate: 0.01, epochs: 30, rise: 0.3, divisor: 25, finalDivisor: 1e4 },
};

const RESTARTS: Kinds<CosineRestartsOptions> = {
  rate: notNegative,
  final: notNegative,
  epochs: positive,
  growth: count,
};

const ONE_CYCLE: Kinds<OneCycleOptions> = {
  rate: notNegative,
  epochs: positive,
  rise: ratio,
  divisor: positive,
  finalDivisor: positive,
};

/**
 * final + (rate - final) (1 + cos(pi t / T)) / 2, where t is the time since the last restart and T the length of
 * this cycle, both in epochs and their fractions: it falls at every step, and restarts at `rate` (SGDR,
 * Loshchilov and Hutter 2017).
 */
export function cosineRestarts(options: CosineRestartsOptions = {}): Schedule {
  expectOptions("cosineRestarts", options, RESTARTS);
  const { rate, final, epochs, growth } = withDefaults(CYCLE_DEFAULTS.cosineRestarts, options);
  return {
    at: (epoch, step, stepsPerEpoch) => {
      let length = epochs;
      let since = timeAt(epoch, step, stepsPerEpoch);
      if (growth === 1) since %= length;
      for (; since >= length; length *= growth) since -= length;
      return between(rate, final, since / length);
    },
  };
}

/**
 * From rate / divisor up to `rate`, and down to rate / divisor / finalDivisor at the last step of `epochs`, each
 * along half a cosine wave, step by step (Smith and Topin 2018, as PyTorch's OneCycleLR; momentum stays as it is).
 */
export function oneCycle(options: OneCycleOptions = {}): Schedule {
  expectOptions("oneCycle", options, ONE_CYCLE);
  const { rate, epochs, rise, divisor, finalDivisor } = withDefaults(
    CYCLE_DEFAULTS.oneCycle,
    options,
  );
  const first = rate / divisor;
  return {
    at: (epoch, step, stepsPerEpoch) => {
      const place = stepsPerEpoch === undefined ? epoch : step;
      const steps = epochs * (stepsPerEpoch ?? 1);
      const top = rise * steps - 1;
      if (place < top) return between(first, rate, place / top);
      return between(rate, first / finalDivisor, Math.min((place - top) / (steps - 1 - top), 1));
    },
  };
}

/** Along half a cosine wave, `share` of the way. */
function between(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2;
}
