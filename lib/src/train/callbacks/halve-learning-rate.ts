// A learning rate that falls when nothing gets better.

import {
  count,
  expectOptions,
  fraction,
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
}

const OPTIONS: Kinds<HalveLearningRateOptions> = {
  ...MONITOR,
  patience: count,
  factor: ratio,
  stopBelow: fraction,
};

interface Saved {
  readonly watch: object;
  readonly first: number | null;
  readonly stopped: string | null;
}

const SAVED: Kinds<Saved> = {
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
  expectOptions("halveLearningRate", options, OPTIONS, ["patience"]);
  const { patience, factor = 0.5, stopBelow = 0 } = options;
  const watch = new FigureWatch("halveLearningRate", options);
  const memory = new StoppingMemory(() => ({
    watch: watch.fresh(),
    first: null as number | null,
    stopped: null as string | null,
  }));
  return {
    name: "halveLearningRate",
    onTrainBegin(control) {
      if (control.isScheduled) {
        throw new ArgumentError(
          "halveLearningRate: expected no schedule besides, which would set the rate again at " +
            "every step; use one of the two",
        );
      }
      watch.expectFigure(control);
      memory.begin(control);
    },
    onEpochEnd(logs, control) {
      const { now } = memory;
      now.first ??= control.learningRate;
      if (watch.isBest(now.watch, logs, control) || now.watch.waited < patience) return;
      now.watch.waited = 0;
      control.learningRate *= factor;
      if (control.learningRate < now.first * stopBelow) {
        memory.stop(`the learning rate fell below ${stopBelow} of where it began`, control);
      }
    },
    save: () => memory.now,
    load(saved) {
      expectSaved("halveLearningRate", saved, SAVED);
      memory.load({ ...saved, watch: watch.load(saved.watch) });
    },
  };
}
