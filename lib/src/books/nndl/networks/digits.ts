// NNDL's practice of chapter 4: digits by a feed-forward net of one hidden layer.

import { dense } from "../../../nn/layers/index.ts";
import { fromData } from "../../../tensor/create.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { atLeast } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import { type Digits, firstDigits, type Mnist } from "../../shared/mnist.ts";
import {
  counted,
  counts,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface DigitsPoint {
  readonly hidden: readonly number[];
  readonly images: number;
  readonly rate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The point of this experiment: the book says how good the net must become, and leaves the rest open. */
export const PARAMETERS: Parameters<DigitsPoint> = {
  hidden: counts("units of the hidden layers", [100]),
  images: counted("digits to train on", 60_000),
  rate: real("the learning rate", 0.2),
  batchSize: counted("digits in a minibatch", 32),
  epochs: counted("epochs", 1),
  seed: natural("what weights and minibatches are drawn by", 1),
};

/** Trains ReLUs and a softmax output. @returns the share of the 10,000 test digits that is right */
export async function train(mnist: Mnist, given: Partial<DigitsPoint> = {}): Promise<number> {
  const point = experimentPoint("digits", PARAMETERS, given);
  const model = sequential([
    ...point.hidden.map((units, l) =>
      dense(units, { activation: "relu", ...(l === 0 && { inputShape: [784] }) }),
    ),
    dense(10, { activation: "softmax" }),
  ]).with({ seed: point.seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: point.rate },
    metrics: ["accuracy"],
  });
  const labels = ({ labels }: Digits) => fromData(Int32Array.from(labels), [labels.length]);
  const [seen, unseen] = [
    firstDigits(mnist.train, point.images),
    firstDigits(mnist.test, mnist.test.y.data.length),
  ];
  const { epochs, batchSize } = point;
  await model.fit(seen.images, labels(seen), { epochs, batchSize, progress: false });
  return (await model.evaluate(unseen.images, labels(unseen)))["accuracy"]!;
}

/** The book's number beside ours. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<DigitsPoint> = {},
): Promise<Claim[]> {
  const right = await train(await mnist(), given);
  return [atLeast("test digits right", 0.95, right, { places: 4 })];
}
