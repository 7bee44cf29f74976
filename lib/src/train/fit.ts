// The training loop over epochs: validation, callbacks, history.

import { ArgumentError } from "../ir/errors.ts";
import { type ScheduleSpec, scheduleOf } from "../nn/schedules/index.ts";
import type { NdArray } from "../ops/define.ts";
import type { Callback, EpochLogs } from "./callbacks/index.ts";
import { inValidation } from "./control.ts";
import { Epochs } from "./epoch.ts";
import { evaluateModel } from "./evaluate.ts";
import { countExamples, type RowsOf, rowsBetween, toArrays } from "./examples.ts";
import type { History } from "./history.ts";
import type { Instance, Training } from "./instance.ts";
import { expectLabels } from "./labels.ts";

export interface FitOptions {
  /** Passes over the examples; 1 by default. */
  readonly epochs?: number;
  /** Rows in a step; 32 by default. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Another order each epoch, by seed and steps taken; true by default. */
  readonly shuffle?: boolean;
  /** The last part of the examples, from 0 to below 1, kept for validation; taken before shuffling. */
  readonly validationSplit?: number;
  readonly validationData?: readonly [x: RowsOf, y: RowsOf];
  readonly callbacks?: readonly Callback[];
  /**
   * The learning rate of every step: a name ("cosine", …), a specification, a function
   * `(epoch, step) => rate`, or a schedule. A name starts at the optimizer's rate unless it says another.
   * By default the rate is what the optimizer says, or callbacks make of it.
   */
  readonly schedule?: ScheduleSpec;
  /** Run op by op instead of compiling the step: slower, for looking inside. */
  readonly eager?: boolean;
  /** Go on from a checkpoint: the epochs that were done, with their figures. */
  readonly resume?: readonly EpochLogs[];
}

export async function fitModel(
  instance: Instance,
  training: Training,
  x: RowsOf,
  y: RowsOf,
  options: FitOptions,
): Promise<History> {
  const { epochs = 1, batchSize = 32, callbacks = [], resume = [] } = options;
  const data = splitExamples(x, y, options);
  expectLabels("fit", instance.network, training, data.train[1]);
  checkSizes(epochs, batchSize);
  const [trainX, trainY] = data.train;
  const batches = { x: trainX, y: trainY, count: trainX[0]!.shape[0]!, size: batchSize };
  const run = new Epochs(instance, training, batches, {
    ...options,
    schedule:
      options.schedule === undefined
        ? null
        : scheduleOf(options.schedule, training.optimizer.learningRate),
    isResumed: resume.length > 0,
    isValidated: data.validation !== null,
  });
  const done: EpochLogs[] = [...resume];
  for (const callback of callbacks) await callback.onTrainBegin?.(run.control);
  for (let epoch = done.length; epoch < epochs && run.stopped === null; epoch++) {
    const started = performance.now();
    run.begin(epoch);
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, run.control);
    if (run.stopped !== null) break; // nothing of this epoch was done
    const learningRate = run.control.learningRate;
    const figures = await run.run(epoch);
    const validation = data.validation
      ? await evaluateModel(instance, training, ...data.validation)
      : {};
    const logs: EpochLogs = {
      epoch,
      ...figures,
      ...Object.fromEntries(
        Object.entries(validation).map(([name, value]) => [inValidation(name), value]),
      ),
      learningRate,
      seconds: (performance.now() - started) / 1000,
    };
    done.push(logs);
    for (const callback of callbacks) await callback.onEpochEnd?.(logs, run.control);
  }
  for (const callback of callbacks) await callback.onTrainEnd?.(run.control);
  return { epochs: done, stopped: run.stopped };
}

type Arrays = readonly [x: NdArray[], y: NdArray[]];

function splitExamples(
  x: RowsOf,
  y: RowsOf,
  { validationSplit = 0, validationData }: FitOptions,
): { train: Arrays; validation: Arrays | null } {
  const whole: Arrays = [toArrays("fit", x), toArrays("fit", y)];
  const count = countExamples("fit", ...whole);
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new ArgumentError(
      `fit: expected validationSplit from 0 to below 1, received ${validationSplit}`,
    );
  }
  if (validationData) {
    const validation: Arrays = [
      toArrays("validationData", validationData[0]),
      toArrays("validationData", validationData[1]),
    ];
    countExamples("validationData", ...validation);
    return { train: whole, validation };
  }
  const kept = Math.floor(count * (1 - validationSplit));
  if (kept === count) return { train: whole, validation: null };
  const cut = (from: number, to: number) =>
    whole.map((arrays) => arrays.map((array) => rowsBetween(array, from, to))) as unknown as Arrays;
  if (kept === 0) throw new ArgumentError("fit: validationSplit leaves no example to train on");
  return { train: cut(0, kept), validation: cut(kept, count) };
}

function checkSizes(epochs: number, batchSize: number): void {
  if (!(Number.isInteger(epochs) && epochs >= 0)) {
    throw new ArgumentError(`fit: expected a whole number of epochs, received ${epochs}`);
  }
  if (!(Number.isInteger(batchSize) && batchSize > 0)) {
    throw new ArgumentError(`fit: expected a batch size above 0, received ${batchSize}`);
  }
}
