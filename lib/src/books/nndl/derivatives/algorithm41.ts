// NNDL algorithm 4.1: stochastic gradient descent with backpropagation, one example at a time, until
// the error on the validation set no longer falls. Here on two moons with a 2-5-1 logistic net.

import { splitExamples } from "../../../data/dataset.ts";
import { Rng } from "../../../data/random.ts";
import { moons } from "../../../data/synthetic.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { scan } from "../../../runtime/loops/scan.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { fromData, zerosLike } from "../../../tensor/create.ts";
import { sigmoid } from "../../../tensor/elementwise.ts";
import { take } from "../../../tensor/gather.ts";
import { expandDims, transpose } from "../../../tensor/movement.ts";
import {
  algorithm41Update,
  feedForward,
  randomNet,
  type SigmoidNet,
} from "../../nielsen/chapter2/bp-equations.ts";
import { atLeast, between } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import type { Curves } from "../../shared/curves.ts";
import {
  counted,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import {
  accuracyOf,
  drawNet,
  gradientDescent,
  type LabelledPoints,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

/** The points to learn from, to stop by and to be judged by. */
export interface Algorithm41Parts {
  readonly train: LabelledPoints;
  readonly validation: LabelledPoints;
  readonly test: LabelledPoints;
}

/** Two moons with noise 0.5: 640 points to learn, 160 to stop by, 200 to be judged by. */
export function moonParts(seed = 1, noise = 0.5): Algorithm41Parts {
  const { train, test } = moons({ samples: 1000, noise, seed, testFraction: 0.2 });
  const [learn, validation] = splitExamples(train, [640, 160]);
  return { train: toPoints(learn!), validation: toPoints(validation!), test: toPoints(test) };
}

/** Options of a run of algorithm 4.1. */
export interface Algorithm41RunOptions {
  /** alpha */
  readonly learningRate: number;
  /** lambda; every single update takes alpha lambda W off W. */
  readonly lambda?: number;
  readonly seed?: number;
  /** Epochs in a row without a smaller validation error that end it; 1, as in the book, if not given. */
  readonly patience?: number;
  /** The most epochs; 100 if not given. */
  readonly epochs?: number;
}

/** The net that a run ends with, and the errors on its way. */
export interface Algorithm41Run {
  /** The net of the epoch with the smallest validation error. */
  readonly net: SigmoidNet;
  /** The part of the validation set that is wrong, before training and after each epoch. */
  readonly errors: readonly number[];
}

/** Algorithm 4.1 with its cross-entropy. One epoch is one compiled loop over the shuffled examples. */
export function run(
  start: SigmoidNet,
  { train, validation }: Omit<Algorithm41Parts, "test">,
  options: Algorithm41RunOptions,
): Algorithm41Run {
  const { learningRate, lambda = 0, seed = 1, patience = 1, epochs = 100 } = options;
  const update = { learningRate, lambda };
  const epoch = compile((net: SigmoidNet, x: Tensor, y: Tensor, order: Tensor) => {
    const step = (at: SigmoidNet, [a, b]: readonly Tensor[]): [SigmoidNet, null] => [
      algorithm41Update(at, expandDims(a!, 1), expandDims(b!, 1), update),
      null,
    ];
    return scan(step, net, [take(x, order), take(y, order)])[0];
  });
  const rng = new Rng(seed);
  const order = Int32Array.from({ length: train.x.shape[0]! }, (_, i) => i);
  const errors = [errorOf(start, validation)];
  let net = start;
  let best = { net, error: errors[0]!, epoch: 0 };
  for (let n = 1; n <= epochs && n - best.epoch <= patience; n++) {
    rng.shuffle(order);
    net = epoch(net, train.x, train.y, fromData(order, [order.length]));
    const error = errorOf(net, validation);
    errors.push(error);
    if (error < best.error) best = { net, error, epoch: n };
  }
  return { net: best.net, errors };
}

/** The part of the points that a net has wrong. */
export function errorOf(net: SigmoidNet, { x, y }: LabelledPoints): number {
  const z = feedForward(net, transpose(x)).zs.at(-1)!; // [1, n]
  return 1 - accuracyOf(transpose(z), y);
}

/** The same net and points, all points at once: what the book's practice chapter runs. */
export function trainFullBatch(
  start: SmallNet,
  { train }: Pick<Algorithm41Parts, "train">,
  { rate = 0.2, epochs = 1000 }: { readonly rate?: number; readonly epochs?: number } = {},
): SmallNet {
  const cost = (at: SmallNet) => logisticCost(netInputs(at, train.x, sigmoid), train.y);
  return gradientDescent(cost, start, { rate, steps: epochs }).net;
}

/** The largest difference between the incoming weights of the hidden units. */
export function hiddenSpread({ weights }: SmallNet): number {
  const [inputs, units] = weights[0]!.type.shape as [number, number];
  const w = weights[0]!.data;
  let spread = 0;
  for (let i = 0; i < inputs * units; i++) {
    spread = Math.max(spread, Math.abs(w[i]! - w[Math.floor(i / units) * units]!));
  }
  return spread;
}

const ZEROS =
  "All-zero weights stay at chance for as long as the practice chapter watches. They do not stay " +
  "there for good: in the end the five equal units learn as one unit would.";

/** What the experiment may be told instead. */
export interface Algorithm41Point {
  readonly hidden: number;
  readonly rate: number;
  readonly lambda: number;
  readonly patience: number;
  readonly epochs: number;
  readonly noise: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<Algorithm41Point> = {
  hidden: counted("units of the hidden layer", 5),
  rate: real("the learning rate alpha", 0.2),
  lambda: real("what every single update takes off the weights, times alpha", 0),
  patience: counted("epochs without a smaller validation error that end it", 1),
  epochs: counted("epochs of all points at once", 1000),
  noise: real("the standard deviation of the moons' noise", 0.5),
  seed: natural("what points and weights are drawn by", 1),
};

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<Algorithm41Point> = {}): Claim[] {
  const { hidden, rate, lambda, patience, epochs, noise, seed } = experimentPoint(
    "algorithm41",
    PARAMETERS,
    given,
  );
  const parts = moonParts(seed, noise);
  const sizes = [2, hidden, 1];
  const stochastic = { learningRate: rate, lambda, patience, seed };
  const byOnes = run(randomNet(sizes, seed), parts, stochastic);
  const right = (net: SmallNet) => accuracyOf(netInputs(net, parts.test.x, sigmoid), parts.test.y);
  const zeroNet = mapTree((p) => zerosLike(p), drawNet(sizes, seed));
  const zeros = trainFullBatch(zeroNet, parts, { rate, epochs: 100 });
  const normals = trainFullBatch(drawNet(sizes, seed), parts, { rate, epochs });
  return [
    between("algorithm 4.1: epochs until it stops", [2, 20], byOnes.errors.length - 1, {
      places: 0,
    }),
    atLeast("algorithm 4.1: right of the test set", 0.75, 1 - errorOf(byOnes.net, parts.test)),
    between(
      `all points at once, ${epochs.toLocaleString("en-US")} epochs: right`,
      [0.75, 0.85],
      right(normals),
    ),
    between("zero weights, 100 epochs: right", [0.45, 0.55], right(zeros), { note: ZEROS }),
    claim("zero weights: largest difference of hidden units", 0, hiddenSpread(zeros), 0),
  ];
}

/** The validation error over the epochs, as the algorithm stops and where it would have gone on. */
export function curves(given: Partial<Algorithm41Point> = {}): Curves[] {
  const point = experimentPoint("algorithm41", PARAMETERS, given);
  const { hidden, rate, lambda, patience, noise, seed } = point;
  const parts = moonParts(seed, noise);
  const how = { learningRate: rate, lambda, seed, epochs: 40 };
  const errors = (stale: number) =>
    run(randomNet([2, hidden, 1], seed), parts, { ...how, patience: stale }).errors.map(
      (error, epoch) => [epoch, error] as const,
    );
  return [
    {
      title: "Validation error, one example at a time",
      x: { label: "epoch" },
      y: { label: "part wrong" },
      series: [
        { name: `patience ${patience}: where it stops`, points: errors(patience) },
        { name: "patience 40: how it would go on", points: errors(40) },
      ],
    },
  ];
}
