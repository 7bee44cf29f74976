// One call of fit() on batches that come one by one: its epochs, and what its callbacks are told.

import { ArgumentError, NeuriteError, NumberError } from "../../checks/errors.ts";
import type { Schedule } from "../../nn/schedules/index.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import { type ModelExamples, tensorsOf } from "../batches/examples.ts";
import type { Callback, StepLogs, TrainingControl } from "../callbacks/index.ts";
import { makeBreather } from "../loop/breathe.ts";
import { makeControl } from "../loop/control.ts";
import type { Fault } from "../loop/divergence.ts";
import { Pauses } from "../loop/pauses.ts";
import { checkedExamples } from "../loop/split-examples.ts";
import { meaningsFor } from "../loop/targets.ts";
import { firstBroken } from "../step/broken.ts";
import type { Figures } from "../step/figures.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { isRate } from "../step/rates.ts";
import { Tallies } from "../step/tallies.ts";
import type { ClassWeight } from "../weights/class-weights.ts";
import { Feed } from "./feed.ts";
import { partsOfBatch } from "./open.ts";
import type { Batch, BatchSource } from "./source.ts";

export interface SourceRunOptions {
  readonly callbacks: readonly Callback[];
  readonly schedule: Schedule | null;
  readonly stepsPerEpoch: number | undefined;
  readonly prefetch: number;
  readonly eager: boolean;
  readonly classWeight: ClassWeight | undefined;
  readonly isResumed: boolean;
  readonly isValidated: boolean;
}

export class SourceRun {
  readonly #instance: Instance;
  readonly #training: PreparedTraining;
  readonly #options: SourceRunOptions;
  readonly #feed: Feed;
  readonly control: TrainingControl;
  stopped: string | null = null;
  /** Steps of the epochs before this one. */
  #before = 0;
  #rowsBefore = 0;

  constructor(
    instance: Instance,
    training: PreparedTraining,
    source: BatchSource,
    options: SourceRunOptions,
  ) {
    this.#instance = instance;
    this.#training = training;
    this.#options = options;
    this.#feed = new Feed("fit", source, options.prefetch);
    this.control = makeControl(instance.state, training, options, (reason) => {
      this.stopped = reason;
    });
  }

  begin(epoch: number): void {
    this.#setRate(epoch, 0);
  }

  async run(epoch: number): Promise<Figures> {
    const { callbacks, stepsPerEpoch } = this.#options;
    const { state } = this.#instance;
    const before = state.snapshot();
    const steps = stepsPerEpoch ?? Number.POSITIVE_INFINITY;
    const pauses = new Pauses(callbacks, epoch, steps);
    const tallies = new Tallies(this.#training);
    const breathe = makeBreather();
    let [done, rows] = [0, 0];
    let figures: Figures = { loss: 0 };
    // In a function of its own, so that nothing holds a batch while the next is awaited.
    const step = async (): Promise<boolean> => {
      const batch = done < steps ? await this.#feed.next() : null;
      if (batch === null) return false;
      const place = `fit: batch ${done + 1} of epoch ${epoch + 1}`;
      const examples = this.#read(place, batch);
      this.#setRate(epoch, done);
      const tensors = tensorsOf(examples);
      const meanings = meaningsFor(this.#training, examples.y);
      const result = this.#stepFor(examples.count)(tensors.x, tensors.y, tensors.w);
      await this.#instance.engine.ready?.();
      const loss = result.loss.item();
      done++;
      rows += examples.count;
      if (!Number.isFinite(loss)) await explain({ epoch, done, badLoss: done - 1, seen: null });
      tallies.add(tensors, result, meanings);
      figures = tallies.figures(meanings);
      const total = this.#rowsBefore + rows;
      const at = { epoch, step: done - 1, steps, loss, examples: rows, total, metrics: figures };
      await this.#tell(at, pauses, done);
      return true;
    };
    await this.#feed.begin(epoch, steps);
    while (this.stopped === null && (await step())) await breathe();
    if (this.stopped === null) this.#expectWhole(epoch, done);
    const broken = firstBroken(state, before);
    if (broken !== null) await explain({ epoch, done, badLoss: null, seen: broken });
    this.#before += done;
    this.#rowsBefore += rows;
    return figures;
  }

  /** To be called when training ends, however it does. */
  async close(): Promise<void> {
    await this.#feed.close();
  }

  end(): void {
    if (!this.#options.schedule) return;
    const { learningRate, optimizer } = this.#training;
    learningRate.assign(scalar(optimizer.learningRate, "float64"));
  }

  async #tell(logs: StepLogs, pauses: Pauses, done: number): Promise<void> {
    for (const callback of this.#options.callbacks) {
      await callback.onStepEnd?.(logs, this.control);
      await callback.onProgress?.(logs, this.control);
      if (pauses.isDue(callback, done)) await callback.onPause?.(logs, this.control);
    }
  }

  #read(place: string, batch: Batch): ModelExamples {
    const { x, y, weights } = partsOfBatch(place, batch);
    const { classWeight } = this.#options;
    const all = { ...weights, ...(classWeight !== undefined && { classWeight }) };
    return checkedExamples(place, this.#instance, this.#training, x, y, all);
  }

  #stepFor(rows: number): ReturnType<Instance["trainStep"]> {
    const { stepsPerEpoch, eager } = this.#options;
    const regularizer = this.#training.regularizers.find(({ convention }) =>
      ["network2", "network3"].includes(convention),
    );
    if (regularizer && stepsPerEpoch === undefined) {
      throw new ArgumentError(
        `fit: the regularizer's convention "${regularizer.convention}" divides by the size of the training ` +
          "set, which a source of batches does not tell: give stepsPerEpoch, or take the convention " +
          '"nndl" or "keras"',
      );
    }
    const count = regularizer ? stepsPerEpoch! * rows : rows;
    const mode = eager ? "eager" : "compiled";
    return this.#instance.trainStep(this.#training, { count, size: rows }, mode);
  }

  /** @throws NeuriteError for an epoch that is empty, or shorter than was said */
  #expectWhole(epoch: number, done: number): void {
    const { stepsPerEpoch } = this.#options;
    if (done === (stepsPerEpoch ?? done) && done > 0) return;
    const hint =
      this.#feed.isOnce && epoch > 0
        ? " A generator runs once: give fit() a function that makes one for every epoch, as in fit(() => batches())."
        : "";
    if (done === 0) {
      throw new NeuriteError(`fit: the source of batches gave none in epoch ${epoch + 1}.${hint}`);
    }
    throw new NeuriteError(
      `fit: the source of batches ended in epoch ${epoch + 1} after ${done} of ${stepsPerEpoch} steps.${hint}`,
    );
  }

  #setRate(epoch: number, step: number): void {
    const { schedule } = this.#options;
    if (!schedule) return;
    const { stepsPerEpoch } = this.#options;
    const before = stepsPerEpoch === undefined ? this.#before : epoch * stepsPerEpoch;
    const rate = schedule.at(epoch, before + step);
    if (!isRate(rate)) {
      throw new NumberError(
        `fit: expected the schedule to give a finite learning rate of 0 or more, received ${rate} in ` +
          `epoch ${epoch + 1}, step ${step + 1}`,
      );
    }
    this.#training.learningRate.assign(scalar(rate, "float64"));
  }
}

async function explain(fault: Fault): Promise<never> {
  throw (await import("../loop/divergence.ts")).diverged(fault);
}
