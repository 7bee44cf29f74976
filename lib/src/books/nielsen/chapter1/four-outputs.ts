// Nielsen, chapter 1: why ten outputs for ten digits, when four would do to write them in binary.

import { dense } from "../../../nn/layers/index.ts";
import { fromData } from "../../../tensor/create.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import { firstDigits, type Mnist } from "../../shared/mnist.ts";
import { counted, experimentPoint, natural, type Parameters } from "../../shared/parameters.ts";

/** How many images each network learns from and is judged by, and for how long. */
export interface FourOutputsOptions {
  /** Training images, counted from the first; 5,000 if not given. */
  readonly train?: number;
  readonly test?: number;
  readonly epochs?: number;
  readonly seed?: number;
}

/** How a digit is written in the output layer. */
export type Code = (digit: number) => readonly number[];

/** One neuron a digit. */
export const TEN: Code = (digit) => Array.from({ length: 10 }, (_, k) => (k === digit ? 1 : 0));

/** Four neurons: the digit in binary, the highest bit first. */
export const FOUR: Code = (digit) => [8, 4, 2, 1].map((bit) => ((digit & bit) === 0 ? 0 : 1));

/** The digit whose code is nearest to some outputs, the smallest of equals. */
export function decode(code: Code, outputs: ArrayLike<number>): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let digit = 0; digit < 10; digit++) {
    const apart = code(digit).reduce((sum, bit, k) => sum + (bit - outputs[k]!) ** 2, 0);
    if (apart < least) [best, least] = [digit, apart];
  }
  return best;
}

/** Trains 784-30-10 or 784-30-4, sigmoid and cross-entropy. @returns the part of the test set right */
export async function accuracyWith(
  code: Code,
  mnist: Mnist,
  { train = 5_000, test = 10_000, epochs = 3, seed = 1 }: FourOutputsOptions = {},
): Promise<number> {
  const learn = firstDigits(mnist.train, train);
  const judge = firstDigits(mnist.test, test);
  const width = code(0).length;
  const model = sequential([
    dense(30, { inputShape: [784], activation: "sigmoid", weights: "scaledNormal" }),
    dense(width, { activation: "sigmoid", weights: "scaledNormal" }),
  ]).with({ seed });
  model.compile({ loss: "crossEntropy", optimizer: { name: "sgd", learningRate: 0.5 } });
  const targets = Float32Array.from(learn.labels.flatMap(code));
  await model.fit(learn.images, fromData(targets, [train, width]), {
    epochs,
    batchSize: 10,
    progress: false,
  });
  const outputs = await model.predict(judge.images);
  const right = judge.labels.filter((digit, i) => {
    return decode(code, outputs.data.subarray(i * width, (i + 1) * width)) === digit;
  });
  return right.length / test;
}

const WHY =
  "A neuron of ten looks for the shape of one digit; the bits of a binary code belong to no shape.";

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Required<FourOutputsOptions>> = {
  train: counted("training images, counted from the first", 5_000),
  test: counted("test images", 10_000),
  epochs: counted("epochs", 3),
  seed: natural("what weights and minibatches are drawn by", 1),
};

/** The book's numbers of this experiment beside ours. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: FourOutputsOptions = {},
): Promise<Claim[]> {
  const options = experimentPoint("four-outputs", PARAMETERS, given);
  const digits = await mnist();
  const ten = await accuracyWith(TEN, digits, options);
  const four = await accuracyWith(FOUR, digits, options);
  const percent = (part: number) => `${(100 * part).toFixed(2)} %`;
  const note = `Ten outputs: ${percent(ten)} right; four outputs: ${percent(four)}. ${WHY}`;
  return [above("right with ten outputs - right with four", 0, ten - four, { places: 4, note })];
}
