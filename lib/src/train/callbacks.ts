// What happens between epochs: stopping, saving the best, changing the learning rate.

import type { DataArray } from "../ir/dtype.ts";
import { ArgumentError } from "../ir/errors.ts";

/** The figures of one epoch: metrics by name, and those of validation as "valLoss", "valAccuracy". */
export interface EpochLogs {
  readonly epoch: number;
  /** The mean loss of the batches as they were met, without penalty. */
  readonly loss: number;
  readonly learningRate: number;
  readonly seconds: number;
  readonly [figure: string]: number;
}

export interface StepLogs {
  readonly epoch: number;
  /** From 0, within the epoch. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Examples seen in this epoch so far, and in all. */
  readonly examples: number;
  readonly total: number;
  /** Running means of the metrics over this epoch. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What a callback may do with the model that is trained. */
export interface TrainingControl {
  learningRate: number;
  stop(reason: string): void;
  /** Copies of all variables, and back. */
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): void;
}

/** The numbers of variables by name. */
export type Snapshot = ReadonlyMap<string, DataArray>;

/** Any of these methods; they may be asynchronous. `state` is saved in checkpoints. */
export interface Callback {
  readonly name: string;
  onTrainBegin?(control: TrainingControl): void | Promise<void>;
  onEpochBegin?(epoch: number, control: TrainingControl): void | Promise<void>;
  /** After every step. Steps then run one by one, which is slower where they are short. */
  onStepEnd?(logs: StepLogs, control: TrainingControl): void | Promise<void>;
  /** After some steps, many times a second: for showing progress, and for stopping. */
  onProgress?(logs: StepLogs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  onTrainEnd?(control: TrainingControl): void | Promise<void>;
  /** What it remembers, as JSON, and back: so that a resumed run goes on as if never stopped. */
  save?(): unknown;
  load?(state: unknown): void;
  /** Variables that it keeps besides, as the best so far. */
  saveTensors?(): Snapshot | null;
  loadTensors?(snapshot: Snapshot): void;
}

export interface MonitorOptions {
  /** The figure to watch; "valLoss" by default. */
  readonly monitor?: string;
  /** Whether smaller or larger is better; by the name of the figure by default. */
  readonly mode?: "min" | "max";
  /** How much better counts as better. */
  readonly minDelta?: number;
}

/** Stops after `patience` epochs in a row without a new best ("no improvement in n"). */
export function earlyStopping(
  options: MonitorOptions & { readonly patience: number; readonly restoreBest?: boolean },
): Callback {
  const watch = new Watch("earlyStopping", options);
  let best: Snapshot | null = null;
  let stopped: string | null = null;
  let resumed = false;
  return {
    name: "earlyStopping",
    onTrainBegin(control) {
      if (resumed && stopped !== null) control.stop(stopped);
      resumed = false;
      stopped = null;
    },
    onEpochEnd(logs, control) {
      if (watch.isBest(logs)) {
        if (options.restoreBest) best = control.snapshot();
      } else if (watch.waited >= options.patience) {
        stopped =
          `no improvement of ${watch.figure} in ${options.patience} epochs; ` +
          `the best was ${watch.best} in epoch ${watch.bestEpoch}`;
        control.stop(stopped);
      }
    },
    onTrainEnd(control) {
      if (best !== null) control.restore(best);
    },
    save: () => ({ watch: watch.save(), stopped }),
    load: (state) => {
      const saved = state as { watch: unknown; stopped: string | null };
      watch.load(saved.watch);
      stopped = saved.stopped;
      resumed = true;
    },
    saveTensors: () => best,
    loadTensors: (snapshot) => {
      best = snapshot;
    },
  };
}

/** Calls `save` with the figures whenever an epoch is the best so far. */
export function bestCheckpoint(
  save: (logs: EpochLogs) => void | Promise<void>,
  options: MonitorOptions = {},
): Callback {
  const watch = new Watch("bestCheckpoint", options);
  return {
    name: "bestCheckpoint",
    async onEpochEnd(logs) {
      if (watch.isBest(logs)) await save(logs);
    },
    save: () => watch.save(),
    load: (state) => watch.load(state),
  };
}

/**
 * Multiplies the learning rate by `factor` (one half) after `patience` epochs without a new best, and
 * stops once it is below `stopBelow` of where it began (Nielsen ch. 3: halve down to 1/128).
 */
export function halveLearningRate(
  options: MonitorOptions & {
    readonly patience: number;
    readonly factor?: number;
    readonly stopBelow?: number;
  },
): Callback {
  const watch = new Watch("halveLearningRate", options);
  const { factor = 0.5, stopBelow = 0 } = options;
  let first: number | null = null;
  let stopped: string | null = null;
  let resumed = false;
  return {
    name: "halveLearningRate",
    onTrainBegin(control) {
      if (resumed && stopped !== null) control.stop(stopped);
      resumed = false;
      stopped = null;
    },
    onEpochEnd(logs, control) {
      first ??= control.learningRate;
      if (watch.isBest(logs) || watch.waited < options.patience) return;
      watch.waited = 0;
      control.learningRate *= factor;
      if (control.learningRate < first * stopBelow) {
        stopped = `the learning rate fell below ${stopBelow} of where it began`;
        control.stop(stopped);
      }
    },
    save: () => ({ watch: watch.save(), first, stopped }),
    load: (state) => {
      const saved = state as { watch: unknown; first: number | null; stopped: string | null };
      watch.load(saved.watch);
      first = saved.first;
      stopped = saved.stopped;
      resumed = true;
    },
  };
}

/** Calls `write` with the whole history as CSV after every epoch. */
export function csvHistory(write: (csv: string) => void | Promise<void>): Callback {
  let rows: EpochLogs[] = [];
  return {
    name: "csvHistory",
    async onEpochEnd(logs) {
      rows.push(logs);
      await write(toCsv(rows));
    },
    save: () => rows,
    load: (state) => {
      rows = state as EpochLogs[];
    },
  };
}

/** One line an epoch, one column a figure; a figure that an epoch lacks is empty. */
export function toCsv(rows: readonly EpochLogs[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((name) => row[name] ?? "").join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}

/** Remembers the best value of a figure. */
class Watch {
  readonly figure: string;
  readonly #what: string;
  readonly #sign: number;
  readonly #minDelta: number;
  best: number | null = null;
  bestEpoch = -1;
  /** Epochs since the best one. */
  waited = 0;

  constructor(what: string, { monitor = "valLoss", mode, minDelta = 0 }: MonitorOptions) {
    this.figure = monitor;
    this.#what = what;
    this.#minDelta = minDelta;
    const larger = mode ? mode === "max" : /acc|f1|precision|recall|r2|top/i.test(monitor);
    this.#sign = larger ? -1 : 1;
  }

  isBest(logs: EpochLogs): boolean {
    const value = logs[this.figure];
    if (value === undefined) {
      throw new ArgumentError(
        `${this.#what}: there is no figure "${this.figure}" to monitor; ` +
          `this run has ${Object.keys(logs).join(", ")}`,
      );
    }
    const better =
      this.best === null || this.#sign * value < this.#sign * this.best - this.#minDelta;
    if (better) {
      this.best = value;
      this.bestEpoch = logs.epoch;
      this.waited = 0;
    } else {
      this.waited++;
    }
    return better;
  }

  save(): unknown {
    return { best: this.best, bestEpoch: this.bestEpoch, waited: this.waited };
  }

  load(state: unknown): void {
    Object.assign(this, state);
  }
}
