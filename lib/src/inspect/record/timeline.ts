// A training that can be walked in both directions, step by step.

import {
  anything,
  count,
  expectArgument,
  expectOptions,
  flag,
  func,
  index,
  instance,
  type Kinds,
  share,
} from "../../checks/arguments.ts";
import { NeuriteError } from "../../checks/errors.ts";
import { type ScheduleSpec, scheduleOf } from "../../nn/schedules/index.ts";
import { scheduleSpec } from "../../nn/schedules/schedule.ts";
import { sizesOf } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { EpochSteps } from "../../train/loop/epoch-steps.ts";
import { splitForValidation } from "../../train/loop/split-examples.ts";
import { meaningsFor } from "../../train/loop/targets.ts";
import { Model } from "../../train/model/model.ts";
import { EXAMPLE_WEIGHTS, type TrainingWeights } from "../../train/weights/weights.ts";
import { Snapshots } from "./snapshots.ts";

/** How a timeline trains; the options of fit() that say what a step is, with the same defaults. */
export interface TimelineOptions extends TrainingWeights {
  /** Rows in a step; 32 by default. */
  readonly batchSize?: number;
  /** Batches whose gradients make one step; 1 by default. */
  readonly accumulate?: number;
  /** Another order each epoch; true by default. */
  readonly shuffle?: boolean;
  readonly schedule?: ScheduleSpec;
  /** The last part of the examples, which is left out; 0 by default. */
  readonly validationSplit?: number;
  /** How many states of the model are kept at most; 64 by default. More are faster to go back to. */
  readonly snapshots?: number;
}

const OPTIONS: Kinds<TimelineOptions> = {
  ...EXAMPLE_WEIGHTS,
  classWeight: anything, // what reads it looks at it, and is fetched where there is one
  batchSize: count,
  accumulate: count,
  shuffle: flag,
  validationSplit: share,
  schedule: scheduleSpec,
  snapshots: count,
};

/** What some steps gave. */
export interface TimelineLogs {
  /** Steps that are done. */
  readonly step: number;
  /** Epochs that are done, as a fraction. */
  readonly epochs: number;
  /** The loss of the last step, before its update and without penalty; null where no step was run. */
  readonly loss: number | null;
}

/**
 * A model in training, at any of its steps: `advance(n)` trains, `seek(step)` puts it as it was after
 * that many steps, to the bit. States are kept now and then, and what lies between is computed again:
 * the order of examples, dropout and everything else random depend on seed and step alone.
 *
 * Steps are those of `fit()` with the same options. While a timeline is in use nothing else may train
 * the model; what a user wants to change goes through `change()`.
 */
export class Timeline {
  readonly model: Model;
  readonly #steps: EpochSteps;
  readonly #training: Model["training"];
  readonly #snapshots: Snapshots;
  /** Steps that the model had taken before. */
  readonly #base: number;
  #step = 0;
  #furthest = 0;
  #badStep: number | null = null;
  /** The step for which #steps is set, or -1 after a jump. */
  #ready = -1;

  /**
   * @param model compiled, with the variables to begin with
   * @throws NeuriteError for a model that is not compiled
   * @throws ArgumentError, ShapeError or DTypeError for examples that do not fit, or options that mean nothing
   */
  constructor(model: Model, x: RowsOf, y: RowsOf, options: TimelineOptions = {}) {
    expectArgument("Timeline", "model", model, instance("a model", Model));
    expectOptions("Timeline", options, OPTIONS);
    const {
      batchSize = 32,
      accumulate = 1,
      shuffle = true,
      validationSplit = 0,
      schedule,
      snapshots = 64,
      ...weights
    } = options;
    const { training } = model;
    const { train } = splitForValidation("Timeline", model.instance, training, x, y, {
      validationSplit,
      ...weights,
    });
    this.model = model;
    this.#training = training;
    this.#base = model.instance.step.item();
    const sizes = sizesOf(batchSize, accumulate);
    const epochs = epochsAtOnce(train.count, sizes.size, schedule !== undefined);
    this.#steps = new EpochSteps(
      model.instance,
      training,
      { ...train, ...sizes, epochs },
      {
        schedule:
          schedule === undefined ? null : scheduleOf(schedule, training.optimizer.learningRate),
        shuffle,
        meanings: meaningsFor(training, train.y),
      },
    );
    this.#snapshots = new Snapshots(snapshots);
    this.#snapshots.fix(0, model.state.snapshot());
  }

  /** How many steps are done at the place where the model is. */
  get step(): number {
    return this.#step;
  }

  /** The most steps that were done since the last change. */
  get furthest(): number {
    return this.#furthest;
  }

  /** The first step, from 0, whose loss was seen not to be finite; null where none was. */
  get badStep(): number | null {
    return this.#badStep;
  }

  get stepsPerEpoch(): number {
    return this.#steps.perEpoch;
  }

  /** The steps whose states are kept, in order. */
  get kept(): readonly number[] {
    return this.#snapshots.steps;
  }

  /** The rows of the examples that the next step takes, in the order in which it takes them. */
  nextRows(): readonly number[] {
    const at = this.#step % this.#steps.perEpoch;
    return Array.from(this.#steps.rowsOf(this.#base + this.#step - at, at));
  }

  /** Trains from here. @param steps how many, 1 by default */
  async advance(steps = 1): Promise<TimelineLogs> {
    expectArgument("advance", "steps", steps, index);
    return await this.#run(this.#step + steps);
  }

  /**
   * Puts the model as it was, or will be, after that many steps. Where nothing was kept near by, the
   * steps from the last kept one are run again.
   */
  async seek(step: number): Promise<TimelineLogs> {
    expectArgument("seek", "step", step, index);
    this.#expectOwn("seek");
    const { step: from, snapshot } = this.#snapshots.before(step);
    // Going on from here is shorter than from what was kept.
    if (step < this.#step || from > this.#step) {
      this.model.state.restore(snapshot);
      this.#step = from;
      this.#ready = -1;
    }
    return await this.#run(step);
  }

  /**
   * Changes the model at this step, as in `change(() => model.layer("dense1").w.assign(w))`. What came
   * after this step is forgotten: from here on another training begins.
   */
  change(body: () => void): void {
    expectArgument("change", "body", body, func);
    this.#expectOwn("change");
    body();
    this.#expectOwn("change");
    this.#furthest = this.#step;
    if (this.#badStep !== null && this.#badStep >= this.#step) this.#badStep = null;
    this.#snapshots.fix(this.#step, this.model.state.snapshot());
  }

  async #run(to: number): Promise<TimelineLogs> {
    this.#expectOwn("advance");
    let loss: number | null = null;
    const { perEpoch, perStart } = this.#steps;
    while (this.#step < to) {
      const at = this.#step % perStart;
      const began = this.#step - at;
      if (this.#ready !== this.#step || at === 0) this.#start(began, at);
      const stop = Math.min(to, this.#snapshots.nextAfter(this.#step), began + perStart);
      const ran = this.#steps.run(at, stop - this.#step);
      await this.model.instance.engine.ready?.();
      this.#step += ran.steps;
      this.#ready = this.#step;
      this.#furthest = Math.max(this.#furthest, this.#step);
      loss = ran.loss;
      if (ran.badStep !== null) this.#noteBad(began + ran.badStep);
      this.#snapshots.offer(this.#step, () => this.model.state.snapshot());
    }
    return { step: this.#step, epochs: this.#step / perEpoch, loss };
  }

  #noteBad(step: number): void {
    this.#badStep = Math.min(step, this.#badStep ?? step);
  }

  /** @param began the step at which the epoch began, or the first of those that are run at once */
  #start(began: number, at: number): void {
    this.#steps.begin(began / this.#steps.perEpoch);
    this.#steps.start(this.#base + began, at);
  }

  /** Runs the step that comes next op by op. @throws NumberError that names the op of a NaN or infinity */
  inspectNext(): void {
    this.#expectOwn("inspectNext");
    const at = this.#step % this.#steps.perStart;
    this.#start(this.#step - at, at);
    const before = this.model.state.snapshot();
    try {
      this.#steps.inspect(at);
    } finally {
      this.model.state.restore(before);
      this.#ready = -1;
    }
  }

  /** @throws NeuriteError where somebody else has trained or compiled the model meanwhile */
  #expectOwn(where: string): void {
    const { instance, training } = this.model;
    const isOwn = training === this.#training && instance.step.item() === this.#base + this.#step;
    if (isOwn) return;
    throw new NeuriteError(
      `${where}: this model was trained or compiled outside of its timeline: make a new one`,
    );
  }
}

/** Examples whose order is set at once: few of them make short epochs, and setting one takes time. */
const MOST_AT_ONCE = 32_768;

/** Steps of another size at an epoch's end, and rates that a schedule sets, ask for one epoch at a time. */
function epochsAtOnce(count: number, size: number, isScheduled: boolean): number {
  if (isScheduled || count % size !== 0) return 1;
  return Math.max(Math.floor(MOST_AT_ONCE / count), 1);
}
