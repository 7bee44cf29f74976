// The steps of one epoch after the other: the order of their examples and the rates they take.

import { Rng } from "../../data/random.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import type { Schedule } from "../../nn/schedules/index.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import { type Batches, batchOf } from "../batches/examples.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { expectAllExamples } from "../step/probe.ts";
import { Rates } from "../step/rates.ts";
import { type Ran, type Steps, stepsFor } from "./steps.ts";
import type { Together } from "./together.ts";

/** How the steps are run. */
export interface EpochStepsOptions {
  /** Sets the rate of every step; null where the optimizer's own holds. */
  readonly schedule: Schedule | null;
  readonly shuffle?: boolean;
  readonly eager?: boolean;
  /** How metrics read the outputs. */
  readonly meanings: readonly Meaning[];
  /** Where other ranks take the steps too. */
  readonly together?: Together | null | undefined;
}

export class EpochSteps {
  readonly #instance: Instance;
  readonly #training: PreparedTraining;
  readonly #batches: Batches;
  readonly #shuffle: boolean;
  readonly #steps: Steps | null;
  /** Those that are taken with others. */
  readonly #together: Together | null;
  /** Null where no schedule sets them. */
  readonly #rates: Rates | null;
  #order: Int32Array = new Int32Array(0);

  constructor(
    instance: Instance,
    training: PreparedTraining,
    batches: Batches,
    { schedule, shuffle = true, eager = false, meanings, together = null }: EpochStepsOptions,
  ) {
    expectAllExamples(training.optimizer, batches);
    this.#instance = instance;
    this.#training = training;
    this.#batches = batches;
    this.#shuffle = shuffle;
    const isScheduled = schedule !== null;
    this.#together = together;
    this.#steps = together
      ? null
      : stepsFor(instance, training, batches, { eager, isScheduled, meanings });
    this.#rates = schedule && new Rates(schedule, this.perEpoch);
  }

  /** Steps in an epoch; the last may have fewer examples. */
  get perEpoch(): number {
    return Math.ceil(this.#batches.count / this.#batches.size);
  }

  /** Steps whose order is set at once: those of an epoch, or of several. */
  get perStart(): number {
    return this.perEpoch * (this.#batches.epochs ?? 1);
  }

  get isScheduled(): boolean {
    return this.#rates !== null;
  }

  /** To be called before an epoch: where a schedule sets the rate, it is set to that of the first step. */
  begin(epoch: number): void {
    this.#rates?.begin(epoch);
    this.#setRate(this.#rates?.from(0, 1));
  }

  /**
   * To be called before the steps of an epoch are run, or of as many as `batches.epochs` says. Their order
   * depends on seed and steps taken alone, so that a resumed run finds it again.
   * @param first how many steps the model had taken when the first of these epochs began
   * @param at the step to go on with, from 0
   */
  start(first: number = this.#instance.step.item(), at = 0): void {
    const { epochs = 1 } = this.#batches;
    this.#order = this.#orders(first, epochs);
    this.#together?.begin(this.#order);
    this.#steps?.begin(this.#order, at);
  }

  /**
   * The rows of the examples that a step takes, in their order.
   * @param first how many steps the model had taken when its epoch began
   * @param at the step of the epoch, from 0
   */
  rowsOf(first: number, at: number): Int32Array {
    const { size, count } = this.#batches;
    const order = this.#orders(first, 1);
    return order.subarray(at * size, Math.min((at + 1) * size, count));
  }

  /** Begins the same epoch once more, with the state that the model has. */
  again(): void {
    this.#alone.begin(this.#order);
  }

  /** Runs at least one step of the epoch from number `at`, and at most `most`. */
  run(at: number, most: number): Ran {
    return this.#alone.run(at, most, this.#rates?.from(at, most));
  }

  /** One step with other ranks, where there are some: null where one of them wants no more. */
  runTogether(at: number, most: number): Promise<Ran | null> {
    return this.#together!.run(at, most, this.#rates?.from(at, most));
  }

  /** To be called where no more steps of an epoch are wanted before its end, so that no rank waits for one. */
  async leave(at: number): Promise<void> {
    await this.#together?.leave(at);
  }

  /** The steps where there are no other ranks. */
  get #alone(): Steps {
    return this.#steps!;
  }

  /** Runs one step op by op. @throws NumberError that names the op that gave a NaN or an infinity */
  inspect(at: number): void {
    this.#setRate(this.#rates?.from(at, 1));
    const { x, y, w } = batchOf(this.#batches, this.#order, at);
    this.#instance.trainStep(this.#training, this.#batches, "finite")(x, y, w);
  }

  /** To be called after the last: the rate of a schedule ends with it. */
  end(): void {
    if (this.#rates) this.#setRate([this.#training.optimizer.learningRate]);
  }

  /** The rows of some epochs in their order. @param first how many steps the model had taken when the first began */
  #orders(first: number, epochs: number): Int32Array {
    const { count } = this.#batches;
    const { seed, engine } = this.#instance;
    const orders = new Int32Array(count * epochs);
    if (this.#shuffle && engine.shuffle?.(orders, count, seed, first, this.perEpoch)) return orders;
    for (let epoch = 0; epoch < epochs; epoch++) {
      const rows = orders.subarray(epoch * count, (epoch + 1) * count);
      for (let i = 0; i < count; i++) rows[i] = i;
      if (this.#shuffle) new Rng(seed, first + epoch * this.perEpoch).shuffle(rows);
    }
    return orders;
  }

  #setRate(rates: readonly number[] | undefined): void {
    if (rates) this.#training.learningRate.assign(scalar(rates[0]!, "float64"));
  }
}
