// NNDL section 4.1 and the lecture: outputs that are all positive shift the net inputs of the layer behind; batch
// normalisation takes the shift away (Ioffe and Szegedy 2015).

import { moons } from "../../../data/synthetic.ts";
import { activation, batchNormalization, dense, type Layer } from "../../../nn/layers/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { sigmoid, sqrt, square } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { key, uniform } from "../../../tensor/random.ts";
import { mean, variance } from "../../../tensor/reduce.ts";
import type { Model } from "../../../train/model/model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above, below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  realAbove0,
} from "../../shared/parameters.ts";
import { drawNet } from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface BatchNormPoint {
  readonly depth: number;
  readonly units: number;
  readonly epochs: number;
  readonly rate: number;
  readonly seed: number;
}

/** The point at which the words are judged. */
export const PARAMETERS: Parameters<BatchNormPoint> = {
  depth: countedWithin("hidden layers of logistic units", 6, [2, 30]),
  units: countedWithin("units of each", 16, [1, 256]),
  epochs: countedWithin("epochs over two moons, ten steps each", 30, [1, 1_000]),
  rate: realAbove0("Adam's learning rate", 0.01),
  seed: natural("what points and weights are drawn by", 1),
};

/** The net inputs of one layer over a batch: how far the means of units lie from 0, and how far values lie from these. */
export interface NetInputSpread {
  /** The root of the mean square of the units' means. */
  readonly shift: number;
  /** The root of the mean of the units' variances. */
  readonly deviation: number;
}

/** Layer by layer of a fresh net of logistic units, weights from N(0, 1/n), on inputs from 0 to 1. */
export function netInputSpreads(
  { depth, units, seed }: BatchNormPoint,
  normalised: boolean,
): NetInputSpread[] {
  const { weights } = drawNet(Array<number>(depth + 1).fill(units), seed, {
    std: 1 / Math.sqrt(units),
  });
  const layer = batchNormalization();
  const variables = layer.init(key(seed), [units], "float64");
  let a: Tensor = uniform(key(seed + 1), [EXAMPLES, units], { dtype: "float64" });
  return weights.map((w) => {
    const sum = matmul(a, w);
    const z = normalised ? layer.apply(variables, sum, { training: true, key: key(0) }).y : sum;
    a = sigmoid(z);
    return {
      shift: sqrt(mean(square(mean(z, 0)))).item(),
      deviation: sqrt(mean(variance(z, 0))).item(),
    };
  });
}

const EXAMPLES = 200;

/** The mean cost of such a net after its epochs on two moons. */
export async function costAfter(point: BatchNormPoint, normalised: boolean): Promise<number> {
  const { depth, units, epochs, rate, seed } = point;
  const { train } = moons({ samples: 200, noise: 0.1, testFraction: 0, seed });
  const hidden = Array.from({ length: depth }, (): Layer[] => [
    dense(units),
    ...(normalised ? [batchNormalization({ momentum: 0.9 })] : []),
    activation("sigmoid"),
  ]);
  const layers = [...hidden.flat(), dense(1, { activation: "sigmoid" })];
  const model: Model = sequential([2], ...(layers as [])).with({ seed });
  model.compile({ loss: "binaryCrossentropy", optimizer: { name: "adam", learningRate: rate } });
  await model.fit(train.x, train.y, { epochs, batchSize: 20, progress: false });
  return (await model.evaluate(train.x, train.y)).loss;
}

const SHIFT =
  "A logistic unit gives 1/2 on average, never less than 0: what the next layer sums is moved by that, and hardly " +
  "differs from one example to another.";

const EPSILON =
  "The deviation stays a little below 1, since epsilon is added to the variance that divides.";

/** The shift with and without, and what is gained. */
export async function claims(given: Partial<BatchNormPoint> = {}): Promise<Claim[]> {
  const point = experimentPoint("batch-norm", PARAMETERS, given);
  const plain = netInputSpreads(point, false).at(-1)!;
  const normal = netInputSpreads(point, true).at(-1)!;
  const without = await costAfter(point, false);
  const withIt = await costAfter(point, true);
  return [
    above(
      "plain, last hidden layer: shift of z / its deviation",
      5,
      plain.shift / plain.deviation,
      {
        places: 1,
        note: SHIFT,
      },
    ),
    claim("normalised, the same layer: shift of z", 0, normal.shift, 1e-12),
    claim("normalised: deviation of z", 1, normal.deviation, 0.05, EPSILON),
    below(`cost after ${point.epochs} epochs, normalised / plain`, 0.5, withIt / without),
  ];
}
