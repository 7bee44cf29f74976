// The end of a run that no longer gets better.

import { count, expectOptions, flag, type Kinds, object, text } from "../../checks/arguments.ts";
import type { Callback, Snapshot } from "./callback.ts";
import { expectSaved, orNull, StoppingMemory } from "./memory.ts";
import { FigureWatch, MONITOR, type MonitorOptions } from "./watch.ts";

/** Options of earlyStopping(). */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs in a row without a new best after which it stops. */
  readonly patience: number;
  /** Go back to the weights of the best epoch, however the run ends; false by default. */
  readonly restoreBest?: boolean;
}

const OPTIONS: Kinds<EarlyStoppingOptions> = { ...MONITOR, patience: count, restoreBest: flag };

interface Saved {
  readonly watch: object;
  readonly stopped: string | null;
}

const SAVED: Kinds<Saved> = { watch: object, stopped: orNull(text) };

/** Stops after `patience` epochs in a row without a new best ("no improvement in n"). */
export function earlyStopping(options: EarlyStoppingOptions): Callback {
  expectOptions("earlyStopping", options, OPTIONS, ["patience"]);
  const { patience, restoreBest = false } = options;
  const watch = new FigureWatch("earlyStopping", options);
  const memory = new StoppingMemory(() => ({
    watch: watch.fresh(),
    stopped: null as string | null,
    best: null as Snapshot | null,
  }));
  return {
    name: "earlyStopping",
    onTrainBegin(control) {
      watch.expectFigure(control);
      memory.begin(control);
    },
    onEpochEnd(logs, control) {
      const { now } = memory;
      if (watch.isBest(now.watch, logs, control)) {
        if (restoreBest) now.best = control.snapshot();
      } else if (now.watch.waited >= patience) {
        const without = `no improvement of ${watch.figure} in ${patience} epochs`;
        memory.stop(`${without}; ${watch.describe(now.watch)}`, control);
      }
    },
    onTrainEnd(control) {
      if (memory.now.best !== null) control.restore(memory.now.best);
    },
    save: () => ({ watch: memory.now.watch, stopped: memory.now.stopped }),
    load(saved) {
      expectSaved("earlyStopping", saved, SAVED);
      memory.load({ watch: watch.load(saved.watch), stopped: saved.stopped });
    },
    saveTensors: () => memory.now.best,
    loadTensors(snapshot) {
      memory.now.best = snapshot;
    },
  };
}
