// NNDL chapter 4, practice: irises told apart by a 4-6-3 net, 150 epochs of minibatches of 16.

import type { Dataset, Examples } from "../../data/dataset.ts";
import { dense } from "../../nn/layers/index.ts";
import type { NdArray } from "../../ops/define.ts";
import { sequential } from "../../train/model/sequential.ts";
import { atLeast } from "../shared/bounds.ts";
import type { Claim } from "../shared/claim.ts";

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

/** Trains sigmoid hidden units and a softmax output. @param data irises, as `loadIris` gives them */
export async function train(
  data: Dataset,
  { epochs = 150, seed = 1 }: { readonly epochs?: number; readonly seed?: number } = {},
): Promise<IrisAccuracies> {
  const model = sequential([
    dense(6, { inputShape: [4], activation: "sigmoid" }),
    dense(3, { activation: "softmax" }),
  ]).with({ seed });
  model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: 0.2 },
    metrics: ["accuracy"],
  });
  const features = scaled(data);
  await model.fit(features(data.train), data.train.y, { epochs, batchSize: 16 });
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
export async function claims(iris: () => Dataset): Promise<Claim[]> {
  const { train: seen, validation, test } = await train(iris());
  return [
    atLeast("training flowers right", 0.9, seen),
    atLeast("validation flowers right", 0.8, validation),
    atLeast("test flowers right", 0.8, test),
  ];
}
