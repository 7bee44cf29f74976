// The training loop over epochs: validation, callbacks, history.

import {
  anything,
  count,
  expectOptions,
  flag,
  type Kind,
  type Kinds,
  listOf,
  object,
  share,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { type ScheduleSpec, scheduleOf } from "../../nn/schedules/index.ts";
import { scheduleSpec } from "../../nn/schedules/schedule.ts";
import { examplesBetween, type ModelExamples, sizesOf, tensorsOf } from "../batches/examples.ts";
import type { RowsOf } from "../batches/rows.ts";
import { expectCallbacks } from "../callbacks/expect-callbacks.ts";
import type { Callback, EpochLogs } from "../callbacks/index.ts";
import { type Exchange, others } from "../ranks/exchange.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { TRAINING_WEIGHTS } from "../weights/read.ts";
import type { TrainingWeights } from "../weights/weights.ts";
import { runEpochs } from "./epochs.ts";
import { DEFAULT_BATCH, evaluateExamples } from "./evaluate.ts";
import { FitRun } from "./fit-run.ts";
import type { History } from "./history.ts";
import { progressLine, terminalOf } from "./progress.ts";
import { splitForValidation, type ValidationOptions } from "./split-examples.ts";
import { meaningsFor } from "./targets.ts";

/** Options of fit(). */
export interface FitOptions extends ValidationOptions, TrainingWeights {
  /** Passes over the examples; 1 by default. */
  readonly epochs?: number;
  /** Rows in a step; 32 by default. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /**
   * Batches whose gradients make one update, 1 by default: a step takes accumulate * batchSize rows, and
   * computes batchSize of them at a time, so that it needs the memory of one batch and learns what the large
   * batch teaches, to rounding. Steps, schedules and callbacks count updates.
   */
  readonly accumulate?: number;
  /** Another order each epoch, by seed and steps taken; true by default. */
  readonly shuffle?: boolean;
  readonly callbacks?: readonly Callback[];
  /** One line on the terminal that says how far training is: by default where there is one that is watched. */
  readonly progress?: boolean;
  /**
   * The learning rate of every step: a name ("cosine", …), a specification, a function
   * `(epoch, step) => rate`, or a schedule. A name starts at the optimizer's rate unless it says another.
   * Afterwards the rate is the optimizer's again. By default it is that, or what callbacks made of it.
   */
  readonly schedule?: ScheduleSpec;
  /** Run op by op instead of compiling the step: slower, for looking inside. */
  readonly eager?: boolean;
  /**
   * Train together with other processes that call fit() alike: each takes its part of every batch, and all end with
   * the same weights. Their callbacks are told the same, and must do the same.
   */
  readonly exchange?: Exchange;
  /** Go on from a checkpoint: the epochs that were done, with their figures. */
  readonly resume?: readonly EpochLogs[];
}

export const examplePair: Kind<never> = {
  says: "a list of two, [x, y], or of three, [x, y, { sampleWeight, mask }]",
  fits: (x) => Array.isArray(x) && (x.length === 2 || x.length === 3),
};

export const epochLogs: Kind<never> = {
  says: "the figures of an epoch, as fit() returns them in `epochs`",
  fits: (x) => typeof x === "object" && x !== null && "epoch" in x && "loss" in x,
};

const OPTIONS: Kinds<FitOptions> = {
  ...TRAINING_WEIGHTS,
  epochs: count,
  batchSize: count,
  accumulate: count,
  shuffle: flag,
  validationSplit: share,
  validationData: examplePair,
  callbacks: anything, // by expectCallbacks
  progress: flag,
  schedule: scheduleSpec,
  eager: flag,
  exchange: object,
  resume: listOf(epochLogs),
};

/** @throws ArgumentError for options that mean nothing */
function expectFitOptions(options: FitOptions): void {
  expectOptions("fit", options, OPTIONS);
  expectCallbacks("fit", options.callbacks);
  if (options.validationData && options.validationSplit) {
    throw new ArgumentError("fit: expected validationSplit or validationData, received both");
  }
}

export async function fitModel(
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  options: FitOptions = {},
): Promise<History> {
  expectFitOptions(options);
  const {
    epochs = 1,
    batchSize = 32,
    accumulate = 1,
    callbacks: own = [],
    progress = true,
    resume = [],
    schedule,
    exchange: given,
  } = options;
  const exchange = others(given);
  const { train, validation } = splitForValidation("fit", instance, training, x, y, options);
  if (accumulate > 1 && options.mask !== undefined) {
    throw new ArgumentError(
      "fit: expected mask or accumulate, received both: the parts of a batch would weigh by what is masked",
    );
  }
  const batches = { ...train, ...sizesOf(batchSize, accumulate) };
  const callbacks = withProgress(own, progress, epochs);
  const meanings = meaningsFor(training, train.y);
  const ranks = exchange && (await import("./together.ts")); // few have others
  const run = new FitRun(instance, training, batches, {
    ...options,
    callbacks,
    schedule: schedule === undefined ? null : scheduleOf(schedule, training.optimizer.learningRate),
    isResumed: resume.length > 0,
    isValidated: validation !== null,
    meanings,
    together: ranks?.trainTogether(exchange!, instance, training, batches, {
      meanings,
      eager: options.eager === true,
    }),
  });
  if (validation) tryValidation(training, validation);
  await ranks?.expectSameTask(exchange!, instance, batches, validation, options);
  const judge = async () =>
    validation ? await evaluateExamples(training, validation, { exchange }) : {};
  return await runEpochs(run, { epochs, callbacks, resume, judge });
}

/** The callbacks, and the line on the terminal where there is one. */
export function withProgress(
  callbacks: readonly Callback[],
  progress: boolean,
  epochs: number,
): readonly Callback[] {
  const terminal = progress ? terminalOf() : null;
  return terminal ? [...callbacks, progressLine(terminal, epochs)] : callbacks;
}

/** What validation cannot be computed from is found before the first epoch, not after it. */
export function tryValidation({ lossOf }: PreparedTraining, examples: ModelExamples): void {
  const { x, y, w } = tensorsOf(
    examplesBetween(examples, 0, Math.min(examples.count, DEFAULT_BATCH)),
  );
  lossOf(x, y, w);
}
