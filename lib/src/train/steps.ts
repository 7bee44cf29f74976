// How the steps of an epoch are run: many in one call on examples in engine memory, or one by one.

import type { Metric } from "../nn/metrics/index.ts";
import { scalar } from "../runtime/numbers.ts";
import type { Tensor } from "../runtime/tensor.ts";
import { type Batches, batchOf } from "./examples.ts";
import type { Instance, Training } from "./instance.ts";
import type { StepResult } from "./step.ts";

/** What some steps gave. */
export interface Ran {
  /** How many steps were run. */
  readonly steps: number;
  /** The loss of the last one. */
  readonly loss: number;
  /** Sums over the examples of this epoch: of the loss, then of each metric. */
  readonly sums: readonly number[];
  /** The first step of this epoch whose loss was not finite. */
  readonly badStep: number | null;
}

export interface Steps {
  /** Starts an epoch over the examples in this order. */
  begin(order: Int32Array): void;
  /**
   * Runs at least one step from number `at`, and at most `most`.
   * @param rates the learning rates of as many steps or fewer, where a schedule sets them
   */
  run(at: number, most: number, rates?: readonly number[]): Ran;
}

export function residentSteps(
  instance: Instance,
  training: Training,
  batches: Batches,
  isScheduled: boolean,
): Steps {
  const { resident, step } = instance.residentStep(training, batches, isScheduled);
  resident.fill(batches.x, batches.y);
  const untraced = training.metrics.filter((metric) => !metric.traced);
  let counted = untraced.map(() => 0);
  let order: Int32Array = new Int32Array(0);
  return {
    begin(next) {
      order = next;
      counted = untraced.map(() => 0);
      resident.begin(order);
    },
    run(at, most, rates) {
      if (rates) resident.schedule(rates);
      const left = Math.floor(batches.count / batches.size) - at;
      const isWhole = left > 0;
      const steps =
        isWhole && untraced.length === 0 ? Math.min(most, left, rates?.length ?? most) : 1;
      const rows = isWhole ? batches.size : batches.count % batches.size;
      const { loss, outputs } = step.repeat(steps, rows);
      if (untraced.length > 0) {
        const y = batchOf(batches, order, at).y[0]!;
        counted = counted.map((sum, i) => sum + untraced[i]!.compute(y, outputs[0]!) * rows);
      }
      const { sums, firstBad } = resident.tally();
      return {
        steps,
        loss: loss.item(),
        sums: [sums[0]!, ...inOrder(training.metrics, sums.slice(1), counted)],
        badStep: firstBad < 0 ? null : firstBad / batches.size,
      };
    },
  };
}

/** The figures of traced and of other metrics, in the order of the plan. */
function inOrder(
  metrics: readonly Metric[],
  traced: readonly number[],
  untraced: readonly number[],
): number[] {
  const [a, b] = [[...traced], [...untraced]];
  return metrics.map((metric) => (metric.traced ? a : b).shift()!);
}

/** One step after the other, each handed its batch. */
export function singleSteps(
  step: (x: readonly Tensor[], y: readonly Tensor[]) => StepResult,
  { metrics, learningRate }: Training,
  batches: Batches,
): Steps {
  let order: Int32Array = new Int32Array(0);
  let sums: number[] = [];
  let badStep: number | null = null;
  return {
    begin(next) {
      order = next;
      sums = [0, ...metrics.map(() => 0)];
      badStep = null;
    },
    run(at, _most, rates) {
      if (rates) learningRate.assign(scalar(rates[0]!, "float64"));
      const { x, y, rows } = batchOf(batches, order, at);
      const result = step(x, y);
      const loss = result.loss.item();
      const figures = [loss, ...metrics.map((m) => m.compute(y[0]!, result.outputs[0]!))];
      sums = sums.map((sum, i) => sum + figures[i]! * rows);
      if (!Number.isFinite(loss)) badStep ??= at;
      return { steps: 1, loss, sums, badStep };
    },
  };
}
