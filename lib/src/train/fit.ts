// The training loop: epochs, shuffled batches, callbacks, and what to do when numbers go wrong.

import { Rng } from "../data/random.ts";
import { ArgumentError, NumberError } from "../ir/errors.ts";
import type { NdArray } from "../ops/define.ts";
import { scalar } from "../runtime/numbers.ts";
import { makeBreather } from "./breathe.ts";
import type { Callback, EpochLogs, TrainingControl } from "./callbacks.ts";
import { evaluateModel } from "./evaluate.ts";
import {
  countExamples,
  type RowsOf,
  rowsBetween,
  takeRows,
  toArrays,
  toTensor,
} from "./examples.ts";
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
  /** The learning rate by epoch; by default what the optimizer says, or callbacks make of it. */
  readonly schedule?: { at(epoch: number, step: number): number };
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
  const run = new Run(instance, training, data.train, options, batchSize);
  const done: EpochLogs[] = [...resume];
  for (const callback of callbacks) await callback.onTrainBegin?.(run.control);
  for (let epoch = done.length; epoch < epochs && run.stopped === null; epoch++) {
    const started = performance.now();
    if (options.schedule) run.control.learningRate = options.schedule.at(epoch, run.stepsTaken);
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, run.control);
    const learningRate = run.control.learningRate;
    const figures = await run.epoch(epoch);
    const validation = data.validation
      ? await evaluateModel(instance, training, ...data.validation)
      : {};
    const logs: EpochLogs = {
      epoch,
      ...figures,
      ...Object.fromEntries(
        Object.entries(validation).map(([name, value]) => [`val${capital(name)}`, value]),
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

/** One call of fit(): its order of examples, its steps, its control for callbacks. */
class Run {
  readonly #instance: Instance;
  readonly #training: Training;
  readonly #x: readonly NdArray[];
  readonly #y: readonly NdArray[];
  readonly #options: FitOptions;
  readonly #batchSize: number;
  readonly #count: number;
  readonly control: TrainingControl;
  stopped: string | null = null;

  constructor(
    instance: Instance,
    training: Training,
    [x, y]: readonly [readonly NdArray[], readonly NdArray[]],
    options: FitOptions,
    batchSize: number,
  ) {
    this.#instance = instance;
    this.#training = training;
    this.#x = x;
    this.#y = y;
    this.#options = options;
    this.#batchSize = batchSize;
    this.#count = x[0]!.shape[0]!;
    const { learningRate } = training;
    const stop = (reason: string) => {
      this.stopped = reason;
    };
    this.control = {
      get learningRate() {
        return learningRate.item();
      },
      set learningRate(rate: number) {
        learningRate.assign(scalar(rate, "float64"));
      },
      stop,
      snapshot: () => instance.state.snapshot(),
      restore: (snapshot) => instance.state.restore(snapshot),
    };
  }

  get stepsTaken(): number {
    return this.#instance.step.item();
  }

  async epoch(epoch: number): Promise<{ loss: number } & Record<string, number>> {
    const { metrics } = this.#training;
    const { callbacks = [], eager = false } = this.#options;
    const order = this.#nextOrder();
    const steps = Math.ceil(this.#count / this.#batchSize);
    const train = this.#step(eager ? "eager" : "compiled");
    const before = this.#instance.state.snapshot();
    const sums: { loss: number } & Record<string, number> = { loss: 0 };
    const breathe = makeBreather();
    let examples = 0;
    for (let step = 0; step < steps && this.stopped === null; step++) {
      const [x, y] = this.#batch(order, step);
      const result = train(x, y);
      const loss = result.loss.item();
      if (!Number.isFinite(loss)) this.#explain(epoch, step, order, before);
      const rows = x[0]!.shape[0]!;
      examples += rows;
      sums.loss += loss * rows;
      for (const metric of metrics) {
        const value = metric.compute(y[0]!, result.outputs[0]!);
        sums[metric.name] = (sums[metric.name] ?? 0) + value * rows;
      }
      const means = mapValues(sums, (sum) => sum / examples);
      const total = epoch * this.#count + examples;
      const logs = { epoch, step, steps, loss, examples, total, metrics: means };
      for (const callback of callbacks) await callback.onStepEnd?.(logs, this.control);
      await breathe();
    }
    return mapValues(sums, (sum) => sum / examples);
  }

  #step(mode: "compiled" | "eager" | "finite") {
    const batches = Math.floor(this.#count / this.#batchSize);
    const sizes = { trainingSize: this.#count, batchSize: this.#batchSize, batches };
    return this.#instance.trainStep(this.#training, sizes, mode);
  }

  #batch(order: Int32Array | null, step: number) {
    const from = step * this.#batchSize;
    const to = Math.min(from + this.#batchSize, this.#count);
    const rows = (array: NdArray) =>
      order ? takeRows(array, order.subarray(from, to)) : rowsBetween(array, from, to);
    return [this.#x, this.#y].map((arrays) => arrays.map((a) => toTensor(rows(a)))) as [
      ReturnType<typeof toTensor>[],
      ReturnType<typeof toTensor>[],
    ];
  }

  /** The order depends on seed and steps taken alone, so that a resumed run finds it again. */
  #nextOrder(): Int32Array | null {
    if (this.#options.shuffle === false) return null;
    const order = Int32Array.from({ length: this.#count }, (_, i) => i);
    return new Rng(this.#instance.seed, this.stepsTaken).shuffle(order);
  }

  /** Replays the epoch up to the bad step, and runs that one op by op to name what went wrong. */
  #explain(
    epoch: number,
    step: number,
    order: Int32Array | null,
    before: ReturnType<TrainingControl["snapshot"]>,
  ): never {
    const { state } = this.#instance;
    state.restore(before);
    const train = this.#step("compiled");
    for (let again = 0; again < step; again++) train(...this.#batch(order, again));
    const place = `training stopped: the loss is no longer finite in epoch ${epoch}, step ${step}`;
    try {
      this.#step("finite")(...this.#batch(order, step));
    } catch (error) {
      throw new NumberError(`${place}. ${(error as Error).message} Try a smaller learning rate.`);
    }
    throw new NumberError(`${place}. Try a smaller learning rate.`);
  }
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

function mapValues<T extends Record<string, number>>(record: T, f: (value: number) => number): T {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, f(value)])) as T;
}

function capital(name: string): string {
  return name[0]!.toUpperCase() + name.slice(1);
}
