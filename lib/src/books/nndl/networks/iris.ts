// NNDL chapter 4, practice: irises told apart by a 4-6-3 net, 150 epochs of minibatches of 16.

import type { Dataset, Examples } from "../../../data/dataset.ts";
import { dense } from "../../../nn/layers/index.ts";
import type { NdArray } from "../../../ops/define.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { atLeast } from "../../shared/bounds.ts";
import type { Claim } from "../../shared/claim.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";

/** The share of each part that is right, from 0 to 1. */
export interface IrisAccuracies {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** Each feature to [0, 1] over the training part. */
function scaled(data: Dataset): (part: Examples) => NdArray {
  const columns = [0, 1, 2, 3].map((k) =>
    Array.from(data.train.x.data).filter((_, i) => i % 4 === k),
  );
  const lows = columns.map((column) => Math.min(...column));
  const spans = columns.map((column, k) => Math.max(...column) - lows[k]!);
  return ({ x }) => ({
    ...x,
    data: Float32Array.from(x.data, (value, i) => (value - lows[i % 4]!) / spans[i % 4]!),
  });
}

/** What the experiment may be told instead. */
export interface IrisPoint {
  readonly hidden: number;
  readonly rate: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<IrisPoint> = {
  hidden: counted("units of the hidden layer", 6),
  rate: real("the learning rate", 0.2),
  batchSize: counted("flowers in a minibatch", 16),
  epochs: counted("epochs", 150),
  seed: natural("what weights and minibatches are drawn by", 1),
};

/** Trains sigmoid hidden units and a softmax output. @param data irises, as `loadIris` gives them */
export async function train(
  data: Dataset,
  options: Partial<IrisPoint> = {},
): Promise<IrisAccuracies> {
  const { hidden, rate, batchSize, epochs, seed } = experimentPoint(
    "iris.train",
    PARAMETERS,
    options,
  );
  const model = sequential([
    dense(hidden, { inputShape: [4], activation: "sigmoid" }),
    dense(3, { activation: "softmax" }),
  ]).with({ seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: rate },
    metrics: ["accuracy"],
  });
  const features = scaled(data);
  await model.fit(features(data.train), data.train.y, { epochs, batchSize, progress: false });
  const right = async (part: Examples): Promise<number> => {
    const { accuracy } = await model.evaluate(features(part), part.y);
    return accuracy!;
  };
  return {
    train: await right(data.train),
    validation: await right(data.validation!),
    test: await right(data.test),
  };
}

/** The book's numbers of this experiment beside ours. */
export async function claims(
  iris: () => Dataset,
  given: Partial<IrisPoint> = {},
): Promise<Claim[]> {
  const { train: seen, validation, test } = await train(iris(), given);
  return [
    atLeast("training flowers right", 0.9, seen),
    atLeast("validation flowers right", 0.8, validation),
    atLeast("test flowers right", 0.8, test),
  ];
}
