// One call of fit(): its order of examples, its steps, its control for callbacks.

import { Rng } from "../../data/random.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import { type Batches, batchOf } from "../batches/examples.ts";
import type { Callback, StepLogs, TrainingControl } from "../callbacks/index.ts";
import type { Figures } from "../step/figures.ts";
import type { Instance, Training } from "../step/instance.ts";
import { Rates } from "../step/rates.ts";
import { makeBreather } from "./breathe.ts";
import { type ControlOptions, makeControl } from "./control.ts";
import { type Diverged, explainDivergence, firstBroken } from "./divergence.ts";
import { type Ran, type Steps, stepsFor } from "./steps.ts";

export interface EpochOptions extends ControlOptions {
  readonly callbacks?: readonly Callback[];
  readonly shuffle?: boolean;
  readonly eager?: boolean;
  /** How metrics read the first output. */
  readonly meaning: Meaning;
}

/** A call of the compiled steps takes about so long, between callbacks and for the event loop. */
const CALL_MS = 25;

export class Epochs {
  readonly #instance: Instance;
  readonly #training: Training;
  readonly #batches: Batches;
  readonly #options: EpochOptions;
  readonly #steps: Steps;
  /** Null where no schedule sets them. */
  readonly #rates: Rates | null;
  /** What callbacks made of the rate within this epoch: the steps from which it holds. */
  #changes: { readonly at: number; readonly rate: number }[] = [];
  readonly control: TrainingControl;
  stopped: string | null = null;

  constructor(instance: Instance, training: Training, batches: Batches, options: EpochOptions) {
    this.#instance = instance;
    this.#training = training;
    this.#batches = batches;
    this.#options = options;
    const { schedule, meaning, eager = false } = options;
    const isScheduled = schedule !== null;
    this.#steps = stepsFor(instance, training, batches, { eager, isScheduled, meaning });
    this.#rates = schedule && new Rates(schedule, this.#stepsPerEpoch);
    this.control = makeControl(instance.state, training, options, (reason) => {
      this.stopped = reason;
    });
  }

  get #stepsPerEpoch(): number {
    return Math.ceil(this.#batches.count / this.#batches.size);
  }

  /** To be called before an epoch is run. */
  begin(epoch: number): void {
    this.#rates?.begin(epoch);
    this.#setRate(this.#rates?.from(0, 1));
  }

  /** To be called after the last: the rate of a schedule ends with it. */
  end(): void {
    if (this.#rates) this.#setRate([this.#training.optimizer.learningRate]);
  }

  async run(epoch: number): Promise<Figures> {
    const { count, size } = this.#batches;
    const { callbacks = [] } = this.#options;
    const { state } = this.#instance;
    const order = this.#nextOrder();
    const before = state.snapshot();
    const steps = this.#stepsPerEpoch;
    const most = makePacer(callbacks.some((callback) => callback.onStepEnd));
    const breathe = makeBreather();
    let figures: Figures = { loss: 0 };
    let done = 0;
    const explain = (badLoss: number | null, seen: string | null) =>
      this.#explain({ epoch, done, badLoss, seen, state, before }, order);
    let rate = this.control.learningRate;
    this.#changes = [];
    this.#steps.begin(order);
    while (done < steps && this.stopped === null) {
      const ran = most((times) => this.#run(done, times));
      // Waits while threads start or take a new program; as a rule after the first step alone.
      await this.#instance.engine.ready?.();
      if (ran.badStep !== null) explain(ran.badStep, null);
      done += ran.steps;
      const examples = Math.min(done * size, count);
      figures = ran.figures;
      const logs: StepLogs = {
        epoch,
        step: done - 1,
        steps,
        loss: ran.loss,
        examples,
        total: epoch * count + examples,
        metrics: figures,
      };
      for (const callback of callbacks) {
        await callback.onStepEnd?.(logs, this.control);
        await callback.onProgress?.(logs, this.control);
      }
      if (!this.#rates && this.control.learningRate !== rate) {
        rate = this.control.learningRate;
        this.#changes.push({ at: done, rate });
      }
      await breathe();
    }
    // The loss of a step is that before its update: what the last one did to the weights shows here.
    const seen = firstBroken(state, before);
    if (seen !== null) explain(null, seen);
    return figures;
  }

  #run(at: number, most: number): Ran {
    return this.#steps.run(at, most, this.#rates?.from(at, most));
  }

  /** The order depends on seed and steps taken alone, so that a resumed run finds it again. */
  #nextOrder(): Int32Array {
    const order = Int32Array.from({ length: this.#batches.count }, (_, i) => i);
    if (this.#options.shuffle === false) return order;
    return new Rng(this.#instance.seed, this.#instance.step.item()).shuffle(order);
  }

  /** Runs the epoch again up to where it went wrong, with the rates that it had. */
  #explain(fault: Omit<Diverged, "replay" | "inspect">, order: Int32Array): never {
    const replay = (steps: number) => {
      fault.state.restore(fault.before);
      this.#steps.begin(order);
      for (let at = 0; at < steps; ) {
        this.#applyChange(at);
        const next = this.#changes.find((change) => change.at > at)?.at ?? steps;
        at += this.#run(at, Math.min(steps, next) - at).steps;
      }
    };
    const inspect = (step: number) => {
      this.#applyChange(step);
      this.#setRate(this.#rates?.from(step, 1));
      const { x, y } = batchOf(this.#batches, order, step);
      this.#instance.trainStep(this.#training, this.#batches, "finite")(x, y);
    };
    explainDivergence({ ...fault, replay, inspect });
  }

  #applyChange(step: number): void {
    const change = this.#changes.find(({ at }) => at === step);
    if (change) this.#setRate([change.rate]);
  }

  #setRate(rates: readonly number[] | undefined): void {
    if (rates) this.#training.learningRate.assign(scalar(rates[0]!, "float64"));
  }
}

/** Chooses how many steps to run at once: one where each is watched, else what takes CALL_MS. */
function makePacer(watched: boolean) {
  let most = 1;
  return <R extends { readonly steps: number }>(run: (most: number) => R): R => {
    const started = performance.now();
    const ran = run(most);
    const perStep = Math.max(performance.now() - started, 0.001) / ran.steps;
    if (!watched) most = Math.max(1, Math.min(Math.floor(CALL_MS / perStep), 8 * most));
    return ran;
  };
}
