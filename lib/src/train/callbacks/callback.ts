// What a callback is, and what it is shown of the training it watches.

import type { DataArray } from "../../ir/dtype.ts";
import type { Direction } from "../../nn/metrics/index.ts";

/** The figures of one epoch: metrics by name, and those of validation as "valLoss", "valAccuracy". */
export interface EpochLogs {
  /** From 0, for programs; wherever people read a number of an epoch, it counts from 1. */
  readonly epoch: number;
  /** The mean loss of the batches as they were met, without penalty. */
  readonly loss: number;
  /** The rate of its first step. */
  readonly learningRate: number;
  readonly seconds: number;
  readonly [figure: string]: number;
}

/** What onProgress is told: how far training is, counted from 0, and the loss. */
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
  /** @throws ArgumentError when set to what is no rate, or while a schedule sets it */
  learningRate: number;
  /** True where the schedule of fit() sets the learning rate before every step. */
  readonly isScheduled: boolean;
  /** True where this fit() goes on with epochs that were done before. */
  readonly isResumed: boolean;
  /** The figures of each epoch, and which way they get better; null where nobody said. */
  readonly figures: ReadonlyMap<string, Direction | null>;
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
  /**
   * After how many steps of an epoch `onPause` is to be called: numbers from 1 to `steps`. Between them steps
   * run together, so that few pauses cost little.
   */
  pauses?(epoch: number, steps: number): readonly number[];
  onPause?(logs: StepLogs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  onTrainEnd?(control: TrainingControl): void | Promise<void>;
  /** What it remembers, as JSON, and back: so that a resumed run goes on as if never stopped. */
  save?(): unknown;
  load?(state: unknown): void;
  /** Variables that it also keeps, as the best so far. */
  saveTensors?(): Snapshot | null;
  loadTensors?(snapshot: Snapshot): void;
}
