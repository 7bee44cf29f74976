// Which learning rate suits: some steps with a rate that grows, and where the loss fell most (Smith 2017).

import {
  count,
  expectArgument,
  expectOptions,
  instance,
  type Kinds,
  positive,
  share,
  within,
} from "../../checks/arguments.ts";
import { ArgumentError, NumberError } from "../../checks/errors.ts";
import type { RowsOf } from "../batches/rows.ts";
import type { Callback } from "../callbacks/index.ts";
import { Model } from "../model/model.ts";

/** Options of findRate(). */
export interface FindRateOptions {
  /** The first rate; 1e-6 by default. */
  readonly from?: number;
  /** The last rate, where the loss lets it come so far; 10 by default. */
  readonly to?: number;
  /** Updates between them, at least 10; 100 by default. */
  readonly steps?: number;
  /** As in fit(). */
  readonly batchSize?: number;
  /** As in fit(). */
  readonly accumulate?: number;
  /** What the mean of losses so far weighs beside the next; 0.9 by default. */
  readonly smoothing?: number;
}

/** What losses some rates gave. */
export interface RateRange {
  /** Of each step that was taken, rising. */
  readonly rates: readonly number[];
  /** The loss of its batch, before its update. */
  readonly losses: readonly number[];
  /** Means of the losses so far that forget. */
  readonly smoothed: readonly number[];
  /** Where the smoothed loss fell most as the rate grew: a rate to begin with. Null where it never fell. */
  readonly suggestion: number | null;
  /** Where the smoothed loss was least: that is too much already. */
  readonly lowest: number | null;
}

const OPTIONS: Kinds<FindRateOptions> = {
  from: positive,
  to: positive,
  steps: within(10, 100_000),
  batchSize: count,
  accumulate: count,
  smoothing: share,
};

/** A loss that is so many times the least so far has left for good. */
const GONE = 4;
/** Points on either side, of which a slope is taken. */
const REACH = 3;

/**
 * The range test of Smith 2017, "Cyclical learning rates for training neural networks", section 3.3: trains for
 * some steps while the rate grows from `from` to `to` by the same factor each, until the loss is four times
 * its least or no number, and tells where it fell most. The model ends as it began: weights, optimizer, step.
 * @param model compiled; its schedule is not asked
 * @throws ArgumentError for options that mean nothing, and what fit() throws for examples that do not fit
 */
export async function findRate(
  model: Model,
  x: RowsOf,
  y: RowsOf,
  options: FindRateOptions = {},
): Promise<RateRange> {
  expectArgument("findRate", "model", model, instance("a model", Model));
  expectOptions("findRate", options, OPTIONS);
  const { from = 1e-6, to = 10, steps = 100, batchSize = 32, accumulate = 1 } = options;
  const { smoothing = 0.9 } = options;
  if (to <= from) {
    throw new ArgumentError(`findRate: expected to above from, which is ${from}, received ${to}`);
  }
  const rateAt = (step: number) => from * (to / from) ** (Math.min(step, steps - 1) / (steps - 1));
  const losses: number[] = [];
  const smoothed: number[] = [];
  let mean = 0;
  const watcher: Callback = {
    name: "findRate",
    onStepEnd({ loss }, control) {
      losses.push(loss);
      mean = smoothing * mean + (1 - smoothing) * loss;
      smoothed.push(mean / (1 - smoothing ** losses.length));
      const isGone = smoothed.at(-1)! > GONE * Math.min(...smoothed);
      if (isGone || losses.length === steps) control.stop("the rates are found");
    },
  };
  const { training, state } = model;
  void training; // throws where the model is not compiled
  const before = state.snapshot();
  try {
    const schedule = (_epoch: number, step: number) => rateAt(step);
    // An epoch has a step at least.
    const how = { epochs: steps, batchSize, accumulate, schedule, callbacks: [watcher] };
    await model.fit(x, y, how);
  } catch (error) {
    if (!(error instanceof NumberError)) throw error; // a loss that is no number: the rate was too large
  } finally {
    state.restore(before);
  }
  const rates = losses.map((_, step) => rateAt(step));
  return { rates, losses, smoothed, ...judged(rates, smoothed) };
}

/** Where the smoothed losses fall most before they are least, over the logarithm of the rate. */
function judged(
  rates: readonly number[],
  smoothed: readonly number[],
): Pick<RateRange, "suggestion" | "lowest"> {
  const least = smoothed.indexOf(Math.min(...smoothed));
  let [steepest, at] = [0, -1];
  for (let i = REACH; i + REACH < rates.length && i <= least; i++) {
    const slope = smoothed[i + REACH]! - smoothed[i - REACH]!;
    if (slope < steepest) [steepest, at] = [slope, i];
  }
  return { suggestion: rates[at] ?? null, lowest: least > 0 ? rates[least]! : null };
}
