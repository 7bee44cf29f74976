// How the steps of an epoch are run: many in one call on examples in engine memory, or one by one.

import { scalar } from "../../runtime/values/numbers.ts";
import { type Batches, batchOf } from "../batches/examples.ts";
import { isMasked } from "../batches/unmasked.ts";
import {
  type Figures,
  figuresOf,
  Kept,
  metricsOfMasked,
  type StepsOptions,
} from "../step/figures.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { fitsInMemory } from "../step/resident.ts";
import { Tallies } from "../step/tallies.ts";

/** What some steps gave. */
export interface Ran {
  /** How many steps were run. */
  readonly steps: number;
  /** The loss of the last one. */
  readonly loss: number;
  /** The mean loss and the metrics over the examples of this epoch so far. */
  readonly figures: Figures;
  /** The first step of this epoch whose loss was not finite. */
  readonly badStep: number | null;
}

export interface Steps {
  /** Starts an epoch over the examples in this order, at step `at` of it (0 by default). */
  begin(order: Int32Array, at?: number): void;
  /**
   * Runs at least one step from number `at`, and at most `most`.
   * @param rates the learning rates of as many steps or fewer, where a schedule sets them
   */
  run(at: number, most: number, rates?: readonly number[]): Ran;
}

/** The quickest way to run the steps of a plan on batches: from engine memory, where they fit. */
export function stepsFor(
  instance: Instance,
  training: PreparedTraining,
  batches: Batches,
  { eager, ...options }: StepsOptions & { readonly eager: boolean },
): Steps {
  if (!eager && fitsInMemory([...batches.x, ...batches.y, ...(batches.w ?? [])])) {
    const metrics = metricsOfMasked(training.metrics, (output) => isMasked(batches.w?.[output]));
    return residentSteps(instance, { ...training, metrics }, batches, options);
  }
  const step = instance.trainStep(training, batches, eager ? "eager" : "compiled");
  return singleSteps(step, training, batches, options);
}

function residentSteps(
  instance: Instance,
  training: PreparedTraining,
  batches: Batches,
  options: StepsOptions,
): Steps {
  const { metrics, losses } = training;
  const { resident, step } = instance.residentStep(training, batches, options);
  resident.fill(batches.x, batches.y, batches.w);
  const total = batches.count * (batches.epochs ?? 1);
  let kept = new Kept(metrics, losses.length);
  let order: Int32Array = new Int32Array(0);
  return {
    begin(next, at = 0) {
      order = next;
      kept = new Kept(metrics, losses.length);
      resident.begin(order, at * batches.size);
    },
    run(at, most, rates) {
      if (rates) resident.schedule(rates);
      const left = Math.floor(total / batches.size) - at;
      const isWhole = left > 0;
      const isMany = isWhole && !kept.isNeeded;
      const steps = isMany ? Math.min(most, left, rates?.length ?? most) : 1;
      const rows = isWhole ? batches.size : batches.count % batches.size;
      const { loss, outputs } = instance.explained(inputsOf(batches, order, at, steps), () =>
        step.repeat(steps, rows),
      );
      if (kept.isNeeded) {
        const { y, w } = batchOf(batches, order, at);
        kept.add(y, outputs, w);
      }
      const { losses: sums, counts, firstBad } = resident.tally();
      const examples = Math.min((at + steps) * batches.size, total);
      return {
        steps,
        loss: loss.item(),
        figures: figuresOf(training, sums, examples, counts, kept.reader(options.meanings)),
        badStep: firstBad < 0 ? null : firstBad / batches.size,
      };
    },
  };
}

function* inputsOf(batches: Batches, order: Int32Array, at: number, steps: number) {
  for (let i = at; i < at + steps; i++) yield batchOf(batches, order, i).x;
}

/** One step after the other, each handed its batch. */
function singleSteps(
  step: ReturnType<Instance["trainStep"]>,
  training: PreparedTraining,
  batches: Batches,
  { meanings }: Pick<StepsOptions, "meanings">,
): Steps {
  let tallies = new Tallies(training);
  let order: Int32Array = new Int32Array(0);
  let badStep: number | null = null;
  return {
    begin(next) {
      order = next;
      tallies = new Tallies(training);
      badStep = null;
    },
    run(at, _most, rates) {
      if (rates) training.learningRate.assign(scalar(rates[0]!, "float64"));
      const batch = batchOf(batches, order, at);
      const result = step(batch.x, batch.y, batch.w);
      const loss = result.loss.item();
      tallies.add(batch, result, meanings);
      if (!Number.isFinite(loss)) badStep ??= at;
      return { steps: 1, loss, figures: tallies.figures(meanings), badStep };
    },
  };
}
