// A learning rate that falls when nothing gets better.

import {
  count,
  expectOptions,
  fraction,
  index,
  type Kinds,
  notNegative,
  object,
  ratio,
  text,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Callback } from "./callback.ts";
import { expectSaved, orNull, StoppingMemory } from "./memory.ts";
import { FigureWatch, MONITOR, type MonitorOptions } from "./watch.ts";

/** Options of halveLearningRate(). */
export interface HalveLearningRateOptions extends MonitorOptions {
  /** Epochs without a new best after which the rate falls. */
  readonly patience: number;
  /** What the rate is multiplied by, above 0 and below 1; one half by default. */
  readonly factor?: number;
  /** Stop once the rate is below this share of the first one; 0, never, by default. */
  readonly stopBelow?: number;
  /** Epochs after a fall that do not count as waiting; 0 by default. */
  readonly cooldown?: number;
  /** The rate falls no lower; 0 by default. */
  readonly minRate?: number;
}

/** Options of divideByTen() and reduceOnPlateau(): those of halveLearningRate(), all with defaults. */
export interface PlateauOptions extends Omit<HalveLearningRateOptions, "patience"> {
  readonly patience?: number;
}

const OPTIONS: Kinds<HalveLearningRateOptions> = {
  ...MONITOR,
  patience: count,
  factor: ratio,
  stopBelow: fraction,
  cooldown: index,
  minRate: notNegative,
};

interface Saved {
  readonly watch: object;
  readonly first: number | null;
  readonly stopped: string | null;
  readonly cooling?: number;
}

const SAVED: Kinds<Saved> = {
  cooling: index,
  watch: object,
  first: orNull(notNegative),
  stopped: orNull(text),
};

/**
 * Multiplies the learning rate by `factor` (one half) after `patience` epochs without a new best, and
 * stops once it is below `stopBelow` of where it began (Nielsen ch. 3: halve down to 1/128). The model
 * keeps the rate that it ends with.
 */
export function halveLearningRate(options: HalveLearningRateOptions): Callback {
  return falling("halveLearningRate", options);
}

/**
 * Divides the learning rate by ten after `patience` epochs (10) without a new best, and stops when it is a
 * thousandth of where it began: what Nielsen would have one do with a validation accuracy that gets no better
 * (NNDL ch. 3, "How to choose a neural network's hyper-parameters?", learning rate schedule).
 */
export function divideByTen(options: PlateauOptions = {}): Callback {
  // A thousandth, give or take a rounding, is below this, and a hundredth is not.
  return falling("divideByTen", { patience: 10, factor: 0.1, stopBelow: 0.002, ...options });
}

/**
 * Multiplies the learning rate by `factor` (0.1) after `patience` epochs (10) without a new best, and never
 * stops (Keras's ReduceLROnPlateau; PyTorch's waits one epoch more).
 */
export function reduceOnPlateau(options: PlateauOptions = {}): Callback {
  return falling("reduceOnPlateau", { patience: 10, factor: 0.1, ...options });
}

function falling(name: string, options: HalveLearningRateOptions): Callback {
  expectOptions(name, options, OPTIONS, ["patience"]);
  const { patience, factor = 0.5, stopBelow = 0, cooldown = 0, minRate = 0 } = options;
  const watch = new FigureWatch(name, options);
  const memory = new StoppingMemory(() => ({
    cooling: 0,
    watch: watch.fresh(),
    first: null as number | null,
    stopped: null as string | null,
  }));
  return {
    name,
    onTrainBegin(control) {
      if (control.isScheduled) {
        throw new ArgumentError(
          `${name}: expected no schedule besides, which would set the rate again at ` +
            "every step; use one of the two",
        );
      }
      watch.expectFigure(control);
      memory.begin(control);
    },
    onEpochEnd(logs, control) {
      const { now } = memory;
      now.first ??= control.learningRate;
      const isBest = watch.isBest(now.watch, logs, control);
      if (now.cooling > 0) {
        now.cooling--;
        now.watch.waited = 0;
        return;
      }
      if (isBest || now.watch.waited < patience) return;
      now.watch.waited = 0;
      now.cooling = cooldown;
      control.learningRate = Math.min(
        control.learningRate,
        Math.max(control.learningRate * factor, minRate),
      );
      if (control.learningRate < now.first * stopBelow) {
        memory.stop(`the learning rate fell below ${stopBelow} of where it began`, control);
      }
    },
    save: () => memory.now,
    load(saved) {
      // Files of runs from before there was a cooldown do not tell it.
      const whole = object.fits(saved) ? { cooling: 0, ...(saved as object) } : saved;
      expectSaved<Saved>(name, whole, SAVED);
      const { watch: watched, ...rest } = saved as Saved;
      memory.load({ ...rest, watch: watch.load(watched) });
    },
  };
}
