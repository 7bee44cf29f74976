// One call of fit(): its epochs, what its callbacks are told, and what went wrong where something did.

import { scalar } from "../../runtime/values/numbers.ts";
import type { Batches } from "../batches/examples.ts";
import type { Callback, StepLogs, TrainingControl } from "../callbacks/index.ts";
import { firstBroken } from "../step/broken.ts";
import type { Figures } from "../step/figures.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { makeBreather } from "./breathe.ts";
import { type ControlOptions, makeControl } from "./control.ts";
import type { Diverged } from "./divergence.ts";
import { EpochSteps, type EpochStepsOptions } from "./epoch-steps.ts";
import { Pauses } from "./pauses.ts";
import type { Together } from "./together.ts";

export interface FitRunOptions extends ControlOptions, EpochStepsOptions {
  readonly callbacks?: readonly Callback[];
}

/** What a rank gives as its reason to stop when it was another that stopped. */
const STOPPED_ELSEWHERE = "another rank stopped";

/** Target duration of one call of the compiled steps, so that callbacks and the event loop get a turn. */
const CALL_MS = 25;

export class FitRun {
  readonly #instance: Instance;
  readonly #training: PreparedTraining;
  readonly #batches: Batches;
  readonly #callbacks: readonly Callback[];
  readonly #steps: EpochSteps;
  /** The other ranks, if any. */
  readonly #together: Together | null;
  /** What callbacks made of the rate within this epoch: the steps from which it holds. */
  #changes: { readonly at: number; readonly rate: number }[] = [];
  readonly control: TrainingControl;
  stopped: string | null = null;

  constructor(
    instance: Instance,
    training: PreparedTraining,
    batches: Batches,
    options: FitRunOptions,
  ) {
    this.#instance = instance;
    this.#training = training;
    this.#batches = batches;
    this.#callbacks = options.callbacks ?? [];
    this.#together = options.together ?? null;
    this.#steps = new EpochSteps(instance, training, batches, options);
    this.control = makeControl(instance.state, training, options, (reason) => {
      this.stopped = reason;
    });
  }

  /** To be called before an epoch is run. */
  begin(epoch: number): void {
    this.#steps.begin(epoch);
  }

  /** To be called after the last: the rate of a schedule ends with it. */
  end(): void {
    this.#steps.end();
  }

  async run(epoch: number): Promise<Figures> {
    const { count, size } = this.#batches;
    const callbacks = this.#callbacks;
    const { state } = this.#instance;
    const before = state.snapshot();
    const steps = this.#steps.perEpoch;
    const pacer = makePacer(callbacks.some((callback) => callback.onStepEnd));
    const breathe = makeBreather();
    const pauses = new Pauses(callbacks, epoch, steps);
    let figures: Figures = { loss: 0 };
    let done = 0;
    const explain = (badLoss: number | null, seen: string | null) =>
      this.#explain({ epoch, done, badLoss, seen, state, before });
    let rate = this.control.learningRate;
    this.#changes = [];
    this.#steps.start();
    while (done < steps && this.stopped === null) {
      const times = Math.min(pacer.most, pauses.next(done) - done);
      const started = performance.now();
      // Awaited only where others are: each wait costs a short step a good part of its time.
      const ran = this.#together
        ? await this.#steps.runTogether(done, times)
        : this.#steps.run(done, times);
      if (ran === null) {
        this.stopped = STOPPED_ELSEWHERE;
        break;
      }
      pacer.took(performance.now() - started, ran.steps);
      // Waits while threads start or take a new program; as a rule after the first step alone.
      await this.#instance.engine.ready?.();
      if (ran.badStep !== null) await explain(ran.badStep, null);
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
        if (pauses.isDue(callback, done)) await callback.onPause?.(logs, this.control);
      }
      if (!this.#steps.isScheduled && this.control.learningRate !== rate) {
        rate = this.control.learningRate;
        this.#changes.push({ at: done, rate });
      }
      await breathe();
      if (this.#together && this.stopped !== null && done < steps) await this.#steps.leave(done);
    }
    // The loss of a step is that before its update: what the last one did to the weights shows here.
    const seen = firstBroken(state, before);
    if (seen !== null) await explain(null, seen);
    return figures;
  }

  /**
   * Waits for the other ranks, where there are some: whether one of them has stopped, and whether all have the same.
   * @param when as an error says it; nothing is compared where it is left out
   */
  async settle(when?: string): Promise<void> {
    const isStopped = await this.#together?.settle(this.stopped !== null, when);
    if (isStopped) this.stopped ??= STOPPED_ELSEWHERE;
  }

  /** Runs the epoch again up to where it went wrong, with the rates that it had. */
  async #explain(fault: Omit<Diverged, "replay" | "inspect">): Promise<never> {
    const { diverged, explainDivergence } = await import("./divergence.ts");
    if (this.#together) throw diverged(fault); // the others would have to run it again too
    const replay = (steps: number) => {
      fault.state.restore(fault.before);
      this.#steps.again();
      for (let at = 0; at < steps; ) {
        this.#applyChange(at);
        const next = this.#changes.find((change) => change.at > at)?.at ?? steps;
        at += this.#steps.run(at, Math.min(steps, next) - at).steps;
      }
    };
    const inspect = (step: number) => {
      this.#applyChange(step);
      this.#steps.inspect(step);
    };
    return explainDivergence({ ...fault, replay, inspect });
  }

  #applyChange(step: number): void {
    const change = this.#changes.find(({ at }) => at === step);
    if (change) this.#training.learningRate.assign(scalar(change.rate, "float64"));
  }
}

/** Chooses how many steps to run at once: one where each is watched, else what takes CALL_MS. */
function makePacer(watched: boolean) {
  const pacer = {
    most: 1,
    took(ms: number, steps: number) {
      const perStep = Math.max(ms, 0.001) / steps;
      if (watched) return;
      pacer.most = Math.max(1, Math.min(Math.floor(CALL_MS / perStep), 8 * pacer.most));
    },
  };
  return pacer;
}
