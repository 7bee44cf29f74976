// What a run of Nielsen's network2.py is told.

import {
  count,
  expectOptions,
  finite,
  index,
  type Kind,
  type Kinds,
  listOf,
  oneOf,
  within,
} from "../../../checks/arguments.ts";

/** The arguments of network2's constructor, its initialiser and its `SGD`, and the data to give it. */
export interface Network2Options {
  /** Neurons of each layer: 784 inputs first, 10 outputs last. */
  readonly sizes: readonly number[];
  readonly cost: "cross-entropy" | "quadratic";
  /** Weights from N(0, 1 / inputs) ("default") or N(0, 1) ("large"); biases from N(0, 1). */
  readonly init: "default" | "large";
  readonly eta: number;
  /** Weights shrink by 1 - eta * lambda / train at each step; biases do not. */
  readonly lambda: number;
  readonly miniBatch: number;
  readonly epochs: number;
  /** How many of the 50,000 training images to use, counted from the first. */
  readonly train: number;
  /** What to evaluate on: the 10,000 test images or the last 10,000 of the 60,000. */
  readonly monitor: "test" | "validation";
  /** Seeds both `numpy.random` and `random`. */
  readonly seed: number;
  /** Stop when the evaluation count has not grown for this number of epochs; 0, the default, never stops. */
  readonly earlyStoppingN?: number;
}

export const INPUTS = 784;
export const OUTPUTS = 10;
export const TRAINING_IMAGES = 50_000;
export const VALIDATION_IMAGES = 10_000;

const SIZES: Kind<readonly number[]> = {
  says: `numbers of neurons from ${INPUTS} to ${OUTPUTS}, as in [784, 30, 10]`,
  fits: (sizes) =>
    listOf(count).fits(sizes) &&
    (sizes as number[]).length >= 2 &&
    (sizes as number[])[0] === INPUTS &&
    (sizes as number[]).at(-1) === OUTPUTS,
};

const OPTIONS: Kinds<Network2Options> = {
  sizes: SIZES,
  cost: oneOf("cross-entropy", "quadratic"),
  init: oneOf("default", "large"),
  eta: finite,
  lambda: finite,
  miniBatch: count,
  epochs: index,
  train: within(1, TRAINING_IMAGES),
  monitor: oneOf("test", "validation"),
  seed: index,
  earlyStoppingN: index,
};

/** @throws ArgumentError for options that network2 could not run */
export function expectNetwork2Options(options: Network2Options): void {
  const names = Object.keys(OPTIONS).filter((name) => name !== "earlyStoppingN");
  expectOptions("network2", options, OPTIONS, names as (keyof Network2Options)[]);
}
