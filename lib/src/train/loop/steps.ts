// How the steps of an epoch are run: many in one call on examples in engine memory, or one by one.

import type { Counter } from "../../nn/metrics/index.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add } from "../../tensor/elementwise.ts";
import { type Batches, batchOf } from "../batches/examples.ts";
import { countersOf, type Figures, figuresOf, Kept, type StepsOptions } from "../step/figures.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { fitsInMemory } from "../step/resident.ts";
import type { StepResult } from "../step/step.ts";

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
  if (!eager && fitsInMemory([...batches.x, ...batches.y])) {
    return residentSteps(instance, training, batches, options);
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
  const { metrics } = training;
  const { resident, step } = instance.residentStep(training, batches, options);
  resident.fill(batches.x, batches.y);
  const keeps = metrics.some(({ counter }) => !counter);
  let kept = new Kept();
  let order: Int32Array = new Int32Array(0);
  return {
    begin(next, at = 0) {
      order = next;
      kept = new Kept();
      resident.begin(order, at * batches.size);
    },
    run(at, most, rates) {
      if (rates) resident.schedule(rates);
      const left = Math.floor(batches.count / batches.size) - at;
      const isWhole = left > 0;
      const steps = isWhole && !keeps ? Math.min(most, left, rates?.length ?? most) : 1;
      const rows = isWhole ? batches.size : batches.count % batches.size;
      const { loss, outputs } = step.repeat(steps, rows);
      if (keeps) kept.add(batchOf(batches, order, at).y[0]!, outputs[0]!);
      const { loss: total, counts, firstBad } = resident.tally();
      const examples = Math.min((at + steps) * batches.size, batches.count);
      return {
        steps,
        loss: loss.item(),
        figures: figuresOf(total / examples, metrics, counts, kept.reader(options.meaning)),
        badStep: firstBad < 0 ? null : firstBad / batches.size,
      };
    },
  };
}

/** One step after the other, each handed its batch. */
function singleSteps(
  step: (x: readonly Tensor[], y: readonly Tensor[]) => StepResult,
  { metrics, learningRate }: PreparedTraining,
  batches: Batches,
  { meaning }: Pick<StepsOptions, "meaning">,
): Steps {
  const counters = countersOf(metrics);
  const keeps = metrics.some(({ counter }) => !counter);
  let kept = new Kept();
  let order: Int32Array = new Int32Array(0);
  let total = 0;
  let counts: readonly Tensor[] = [];
  let badStep: number | null = null;
  return {
    begin(next) {
      order = next;
      kept = new Kept();
      total = 0;
      counts = [];
      badStep = null;
    },
    run(at, _most, rates) {
      if (rates) learningRate.assign(scalar(rates[0]!, "float64"));
      const { x, y, rows } = batchOf(batches, order, at);
      const result = step(x, y);
      const loss = result.loss.item();
      const [target, output] = [y[0]!, result.outputs[0]!];
      total += loss * rows;
      counts = counters.map((counter, i) =>
        joined(counter, counts[i], counter.count(target, output, meaning)),
      );
      if (keeps) kept.add(target, output);
      if (!Number.isFinite(loss)) badStep ??= at;
      const examples = Math.min((at + 1) * batches.size, batches.count);
      const all = counts.map(({ data }) => data);
      const figures = figuresOf(total / examples, metrics, all, kept.reader(meaning));
      return { steps: 1, loss, figures, badStep };
    },
  };
}

/** The counts of an epoch with those of another batch. */
export function joined(counter: Counter, before: Tensor | undefined, batch: Tensor): Tensor {
  if (!before) return batch;
  return counter.join ? counter.join(before, batch) : add(before, batch);
}
