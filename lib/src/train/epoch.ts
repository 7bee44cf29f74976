// One call of fit(): its order of examples, its steps, its control for callbacks.

import { Rng } from "../data/random.ts";
import { NumberError } from "../ir/errors.ts";
import { scalar } from "../runtime/numbers.ts";
import { makeBreather } from "./breathe.ts";
import type { Callback, Snapshot, StepLogs, TrainingControl } from "./callbacks.ts";
import { type Batches, batchOf } from "./examples.ts";
import type { Instance, Training } from "./instance.ts";
import { fitsInMemory } from "./resident.ts";
import { residentSteps, type Steps, singleSteps } from "./steps.ts";

export interface EpochOptions {
  readonly callbacks?: readonly Callback[];
  readonly shuffle?: boolean;
  readonly eager?: boolean;
}

/** A call of the compiled steps takes about so long, between callbacks and for the event loop. */
const CALL_MS = 25;

/** The mean loss and metrics of an epoch. */
type Figures = { loss: number } & Record<string, number>;

export class Epochs {
  readonly #instance: Instance;
  readonly #training: Training;
  readonly #batches: Batches;
  readonly #options: EpochOptions;
  readonly #steps: Steps;
  readonly control: TrainingControl;
  stopped: string | null = null;

  constructor(instance: Instance, training: Training, batches: Batches, options: EpochOptions) {
    this.#instance = instance;
    this.#training = training;
    this.#batches = batches;
    this.#options = options;
    this.#steps = this.#chooseSteps();
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

  async run(epoch: number): Promise<Figures> {
    const { count, size } = this.#batches;
    const { callbacks = [] } = this.#options;
    const order = this.#nextOrder();
    const before = this.#instance.state.snapshot();
    const steps = Math.ceil(count / size);
    const most = makePacer(callbacks.some((callback) => callback.onStepEnd));
    const breathe = makeBreather();
    let figures: Figures = { loss: 0 };
    this.#steps.begin(order);
    for (let done = 0; done < steps && this.stopped === null; ) {
      const ran = most((times) => this.#steps.run(done, times));
      // Waits while threads start or take a new program; as a rule after the first step alone.
      await this.#instance.engine.ready?.();
      if (ran.badStep !== null) this.#explain(epoch, ran.badStep, order, before);
      done += ran.steps;
      const examples = Math.min(done * size, count);
      figures = this.#means(ran.sums, examples);
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
      await breathe();
    }
    return figures;
  }

  #chooseSteps(): Steps {
    const { x, y } = this.#batches;
    if (!this.#options.eager && fitsInMemory([...x, ...y])) {
      return residentSteps(this.#instance, this.#training, this.#batches);
    }
    const step = this.#instance.trainStep(
      this.#training,
      this.#batches,
      this.#options.eager ? "eager" : "compiled",
    );
    return singleSteps(step, this.#training, this.#batches);
  }

  #means(sums: readonly number[], examples: number): Figures {
    const names = ["loss", ...this.#training.metrics.map(({ name }) => name)];
    return Object.fromEntries(names.map((name, i) => [name, sums[i]! / examples])) as Figures;
  }

  /** The order depends on seed and steps taken alone, so that a resumed run finds it again. */
  #nextOrder(): Int32Array {
    const order = Int32Array.from({ length: this.#batches.count }, (_, i) => i);
    if (this.#options.shuffle === false) return order;
    return new Rng(this.#instance.seed, this.stepsTaken).shuffle(order);
  }

  /** Replays the epoch up to the bad step, and runs that one op by op to name what went wrong. */
  #explain(epoch: number, bad: number, order: Int32Array, before: Snapshot): never {
    this.#instance.state.restore(before);
    this.#steps.begin(order);
    for (let done = 0; done < bad; ) done += this.#steps.run(done, bad - done).steps;
    const place = `training stopped: the loss is no longer finite in epoch ${epoch}, step ${bad}`;
    try {
      const { x, y } = batchOf(this.#batches, order, bad);
      this.#instance.trainStep(this.#training, this.#batches, "finite")(x, y);
    } catch (error) {
      // Where the data are to blame, no rate helps.
      const isGiven = error instanceof NumberError && error.isGiven;
      const advice = isGiven ? "" : " Try a smaller learning rate.";
      throw new NumberError(`${place}. ${(error as Error).message}${advice}`, { isGiven });
    }
    throw new NumberError(`${place}. Try a smaller learning rate.`);
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
