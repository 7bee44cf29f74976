// NNDL section 4.2: y = g(phi(x)): features learnt on the digits 0 to 4 are frozen, and a logistic unit on top of
// them tells 8 from 9; beside it the same on features drawn at random.

import { type Examples, pickExamples } from "../../../data/dataset.ts";
import { activationsOf } from "../../../inspect/model/activations.ts";
import { dense } from "../../../nn/layers/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import type { Model } from "../../../train/model/model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above, atLeast } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import { firstDigits, type Mnist } from "../../shared/mnist.ts";
import { counted, experimentPoint, natural, type Parameters } from "../../shared/parameters.ts";

/** What the experiment may be told instead. */
export interface FrozenPoint {
  readonly features: number;
  readonly images: number;
  readonly few: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<FrozenPoint> = {
  features: counted("units of the hidden layer, phi", 10),
  images: counted("digits from 0 to 4 that phi is learnt on", 2000),
  few: counted("digits 8 and 9 that the logistic unit is learnt on", 200),
  epochs: counted("epochs on them", 3),
  seed: natural("what weights and minibatches are drawn by", 0),
};

/** The first digits of some kinds, labelled by their places in the list, with pixels from 0 to 1. */
function digitsOf({ x, y }: Examples, which: readonly number[], count: number): [Tensor, Tensor] {
  const rows: number[] = [];
  for (let i = 0; rows.length < count && i < y.data.length; i++) {
    if (which.includes(y.data[i]!)) rows.push(i);
  }
  const picked = pickExamples({ x, y }, rows);
  const labels = Int32Array.from(picked.y.data, (digit) => which.indexOf(digit));
  return [firstDigits(picked, rows.length).images, fromData(labels, [rows.length])];
}

/** What the logistic unit has right of 500 unseen digits. */
export interface FrozenResult {
  readonly learnt: number;
  readonly random: number;
  /** The largest change of the features while the unit learnt. */
  readonly moved: number;
}

/** Trains phi with five outputs, and a logistic unit on both kinds of features. */
export async function measure(
  digits: Mnist,
  given: Partial<FrozenPoint> = {},
): Promise<FrozenResult> {
  const point = experimentPoint("frozen-features", PARAMETERS, given);
  const makeNet = () =>
    sequential(
      [784],
      dense(point.features, { activation: "relu", name: "phi" }),
      dense(5, { activation: "softmax" }),
    ).with({ seed: point.seed });
  const headOn = async (net: Model): Promise<number> => {
    const phi = (x: Tensor) => activationsOf(net, x).get("phi")!;
    const [seenX, seenY] = digitsOf(digits.train, [8, 9], point.few);
    const [x, y] = digitsOf(digits.test, [8, 9], 500);
    const head = sequential([point.features], dense(1, { activation: "sigmoid" })).with({
      seed: point.seed,
    });
    head.compile({
      loss: "binaryCrossentropy",
      optimizer: { name: "sgd", learningRate: 0.1 },
      metrics: ["accuracy"],
    });
    await head.fit(phi(seenX), seenY, { epochs: 10, batchSize: 10, progress: false });
    return (await head.evaluate(phi(x), y))["accuracy"]!;
  };
  const [fresh, learnt] = [makeNet(), makeNet()];
  learnt.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: 0.1 },
  });
  const [x, y] = digitsOf(digits.train, [0, 1, 2, 3, 4], point.images);
  await learnt.fit(x, y, { epochs: point.epochs, batchSize: 20, progress: false });
  const before = Float32Array.from(learnt.layer("phi")["w"]!.data);
  const [onLearnt, onRandom] = [await headOn(learnt), await headOn(fresh)];
  const after = learnt.layer("phi")["w"]!.data;
  const moved = Math.max(...before.map((w, i) => Math.abs(w - after[i]!)));
  return { learnt: onLearnt, random: onRandom, moved };
}

const TRANSFER =
  "The last layer is logistic regression; what the layers below are for is to give it features. Those learnt on " +
  "other digits serve 8 and 9 better than random ones.";

/** Accuracies on learnt and on random features. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: Partial<FrozenPoint> = {},
): Promise<Claim[]> {
  const { learnt, random, moved } = await measure(await mnist(), given);
  return [
    atLeast("on features learnt on 0 to 4: right", 0.7, learnt, { note: TRANSFER }),
    above("more than on random features, by", 0, learnt - random),
    claim("how far the frozen features move", 0, moved, 0),
  ];
}
