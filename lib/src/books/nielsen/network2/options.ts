// What a run of Nielsen's network2.py is told.

import { ArgumentError } from "../../../checks/errors.ts";

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
  /** Stop when the evaluation count has not grown for so many epochs; 0, the default, never stops. */
  readonly earlyStoppingN?: number;
}

export const INPUTS = 784;
export const OUTPUTS = 10;
export const TRAINING_IMAGES = 50_000;
export const VALIDATION_IMAGES = 10_000;

/** @throws ArgumentError for options that network2 could not run */
export function expectOptions(options: Network2Options): void {
  const { sizes, eta, lambda, miniBatch, epochs, train, earlyStoppingN = 0 } = options;
  const ends = sizes.length >= 2 && sizes[0] === INPUTS && sizes.at(-1) === OUTPUTS;
  if (!ends || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
    refuse(`sizes from ${INPUTS} to ${OUTPUTS}`, `[${sizes.join(", ")}]`);
  }
  expectWhole("miniBatch", miniBatch, 1);
  expectWhole("epochs", epochs, 0);
  expectWhole("earlyStoppingN", earlyStoppingN, 0);
  if (!Number.isInteger(train) || train < 1 || train > TRAINING_IMAGES) {
    refuse(`train of 1 to ${TRAINING_IMAGES}`, train);
  }
  for (const [name, value] of Object.entries({ eta, lambda })) {
    if (!Number.isFinite(value)) refuse(`a finite ${name}`, value);
  }
}

function expectWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) refuse(`${name} of ${least} or more`, value);
}

function refuse(expected: string, received: unknown): never {
  throw new ArgumentError(`network2: expected ${expected}, received ${received}`);
}
