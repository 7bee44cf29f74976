// Nielsen, chapter 1: the gradient over a minibatch stands in for the whole one. What it costs in
// precision, and what it gains.

import { Rng } from "../../../data/random.ts";
import { moons } from "../../../data/synthetic.ts";
import { dense } from "../../../nn/layers/index.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { vmap } from "../../../runtime/loops/vmap.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { flattenTree } from "../../../runtime/values/tree.ts";
import { oneHot, tensor } from "../../../tensor/create.ts";
import { sigmoid } from "../../../tensor/elementwise.ts";
import { expandDims } from "../../../tensor/movement.ts";
import { sequential } from "../../../train/model/sequential.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import { firstDigits, type Mnist } from "../../shared/mnist.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import {
  drawNet,
  type LabelledPoints,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

/** One gradient an example: rows of all weights and biases, end to end. */
export type Gradients = readonly Float64Array[];

/** The gradient of a 2-5-1 net's cost on each of 200 points of two moons. */
export function gradientsOfExamples(samples = 200, seed = 1): Gradients {
  const net = drawNet([2, 5, 1], seed);
  const { x, y } = moonPoints(samples);
  const ofOne = (a: Tensor, b: Tensor) =>
    grad((at: SmallNet) => costOn(at, { x: expandDims(a, 0), y: expandDims(b, 0) }))(net);
  const all = compile(vmap(ofOne))(x, y);
  const leaves = flattenTree(all).leaves;
  return Array.from({ length: samples }, (_, n) =>
    Float64Array.from(leaves.flatMap((leaf) => rowOf(leaf, n, samples))),
  );
}

/** The gradient of the mean cost over all of those points, by one differentiation. */
export function fullGradient(samples = 200, seed = 1): Float64Array {
  const points = moonPoints(samples);
  const gradient = grad((at: SmallNet) => costOn(at, points))(drawNet([2, 5, 1], seed));
  return Float64Array.from(flattenTree(gradient).leaves.flatMap((leaf) => [...leaf.data]));
}

function moonPoints(samples: number): LabelledPoints {
  return toPoints(moons({ samples, noise: 0.5, seed: 1, testFraction: 0 }).train);
}

function costOn(net: SmallNet, { x, y }: LabelledPoints): Tensor<[]> {
  return logisticCost(netInputs(net, x, sigmoid), y);
}

function rowOf(leaf: Tensor, n: number, rows: number): number[] {
  const width = leaf.size / rows;
  return [...leaf.data.subarray(n * width, (n + 1) * width)];
}

/** The mean of some gradients. */
export function meanOf(gradients: Gradients): Float64Array {
  const mean = new Float64Array(gradients[0]!.length);
  for (const gradient of gradients) {
    for (let k = 0; k < mean.length; k++) mean[k]! += gradient[k]! / gradients.length;
  }
  return mean;
}

/** The gradients of the minibatches of one epoch. */
export function minibatches(gradients: Gradients, m: number, rng: Rng): Float64Array[] {
  const order = rng.shuffle([...gradients]);
  return Array.from({ length: order.length / m }, (_, i) =>
    meanOf(order.slice(i * m, (i + 1) * m)),
  );
}

/** The mean squared distance of a minibatch's gradient from the whole one, over many epochs. */
export function gradientVariance(gradients: Gradients, m: number, epochs: number): number {
  const whole = meanOf(gradients);
  const rng = new Rng(m);
  let sum = 0;
  let count = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const gradient of minibatches(gradients, m, rng)) {
      gradient.forEach((g, k) => {
        sum += (g - whole[k]!) ** 2;
      });
      count++;
    }
  }
  return sum / count;
}

/** What one epoch costs with minibatches of one size, and what it gains. */
export interface EpochCost {
  readonly batchSize: number;
  /** Steps of gradient descent in the epoch. */
  readonly updates: number;
  /** The part of the test images that is right after it. */
  readonly right: number;
  readonly seconds: number;
}

/** Options of the epoch that is measured. */
export interface EpochOptions {
  /** Images to learn from and to be judged by, counted from the first. */
  readonly train?: number;
  readonly test?: number;
  readonly learningRate?: number;
  readonly seed?: number;
}

/** One epoch over the first digits, 784-30-10, sigmoid, quadratic cost. */
export async function oneEpoch(
  mnist: Mnist,
  batchSize: number,
  { train = 1_000, test = 2_000, learningRate = 1, seed = 1 }: EpochOptions = {},
): Promise<EpochCost> {
  const learn = firstDigits(mnist.train, train);
  const judge = firstDigits(mnist.test, test);
  const model = sequential([
    dense(30, { inputShape: [784], activation: "sigmoid", weights: "scaledNormal" }),
    dense(10, { activation: "sigmoid", weights: "scaledNormal" }),
  ]).with({ seed });
  model.compile({ loss: "quadratic", optimizer: { name: "sgd", learningRate } });
  const targets = oneHot(tensor(learn.labels, "int32"), 10);
  const started = performance.now();
  await model.fit(learn.images, targets, { batchSize, progress: false });
  const seconds = (performance.now() - started) / 1000;
  const outputs = await model.predict(judge.images);
  const right = judge.labels.filter((digit, i) => {
    const row = outputs.data.subarray(10 * i, 10 * i + 10);
    return row.indexOf(Math.max(...row)) === digit;
  });
  return { batchSize, updates: Math.ceil(train / batchSize), right: right.length / test, seconds };
}

const WITHOUT = "An epoch draws without putting back, so 1/m is multiplied by (N - m) / (N - 1).";

function timesOf(epochs: readonly EpochCost[]): string {
  const each = epochs.map(({ batchSize, updates, right, seconds }) => {
    const share = `${(100 * right).toFixed(1)} % right`;
    const steps = updates === 1 ? "1 step" : `${updates} steps`;
    return `m = ${batchSize}: ${steps}, ${share}, ${seconds.toFixed(2)} s`;
  });
  return `One epoch: ${each.join("; ")}.`;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Required<EpochOptions>> = {
  train: counted("training images of the epoch that is timed", 1_000),
  test: counted("test images", 2_000),
  learningRate: real("the learning rate of that epoch", 1),
  seed: natural("what weights and minibatches are drawn by", 1),
};

/** The book's numbers of this experiment beside ours. */
export async function claims(
  mnist: () => Promise<Mnist>,
  given: EpochOptions = {},
): Promise<Claim[]> {
  const options = experimentPoint("batch-sizes", PARAMETERS, given);
  const { train } = options;
  const gradients = gradientsOfExamples();
  const n = gradients.length;
  const whole = fullGradient();
  const rng = new Rng(1);
  const means = [1, 10, 50].map((m) => {
    const mean = meanOf(minibatches(gradients, m, rng));
    const apart = Math.max(...whole.map((g, k) => Math.abs(g - mean[k]!)));
    return claim(`m = ${m}: mean of minibatches - whole gradient`, 0, apart, 1e-14);
  });
  const one = gradientVariance(gradients, 1, 1);
  const falls = [2, 10, 50].map((m) => {
    const expected = (n - m) / (m * (n - 1));
    const ours = gradientVariance(gradients, m, 10 * m) / one;
    return claim(`m = ${m}: variance / that of m = 1`, expected, ours, 0.05 * expected, WITHOUT);
  });
  const digits = await mnist();
  const epochs: EpochCost[] = [];
  for (const size of [1, 10, 100, train]) epochs.push(await oneEpoch(digits, size, options));
  const gains = epochs.slice(1).map((large, i) => {
    const small = epochs[i]!;
    const name = `one epoch: right with m = ${small.batchSize} - with m = ${large.batchSize}`;
    return above(name, 0, small.right - large.right, { places: 4, note: timesOf(epochs) });
  });
  return [...means, ...falls, ...gains];
}

/** How far the gradient of a minibatch is from the whole one, by its size, beside what 1/m says. */
export function curves(): Curves[] {
  const gradients = gradientsOfExamples();
  const n = gradients.length;
  const sizes = [1, 2, 4, 10, 20, 50, 100];
  const one = gradientVariance(gradients, 1, 1);
  return [
    {
      title: "Variance of a minibatch's gradient",
      x: { label: "m", log: true },
      y: { label: "variance / that of m = 1", log: true },
      series: [
        {
          name: "minibatches of one epoch",
          points: sizes.map((m) => [m, gradientVariance(gradients, m, 10 * m) / one] as const),
        },
        { name: "1 / m", points: sizes.map((m) => [m, 1 / m] as const) },
        {
          name: "(N - m) / (m (N - 1))",
          points: sizes.map((m) => [m, (n - m) / (m * (n - 1))] as const),
          book: true,
        },
      ],
    },
  ];
}
