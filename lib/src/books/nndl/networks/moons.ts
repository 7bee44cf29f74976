// NNDL's practice of chapter 4: a 2-5-1 net of logistic units on Moon1000, and the same net from zeros.

import { splitExamples } from "../../../data/dataset.ts";
import { moons } from "../../../data/synthetic.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { fromData, zerosLike } from "../../../tensor/create.ts";
import { sigmoid } from "../../../tensor/elementwise.ts";
import { take } from "../../../tensor/gather.ts";
import { between } from "../../shared/bounds.ts";
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

/** What the experiment may be told instead. */
export interface MoonsPoint {
  readonly noise: number;
  readonly hidden: number;
  readonly rate: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<MoonsPoint> = {
  noise: real("standard deviation of the noise", 0.5),
  hidden: counted("units of the hidden layer", 5),
  rate: real("the learning rate", 0.2),
  epochs: natural("epochs, one step each on all training points", 1000),
  seed: natural("what points and weights are drawn by", 1),
};

/** What a net has right after training, and on the way. */
export interface MoonsResult {
  readonly net: SmallNet;
  readonly costs: readonly number[];
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** 640, 160 and 200 points of two moons. */
export function parts(noise: number, seed: number): readonly LabelledPoints[] {
  const all = moons({ samples: 1000, noise, seed, testFraction: 0 }).train;
  return splitExamples(all, [640, 160, 200]).map(toPoints);
}

/** The first points of each class, as many of one as of the other. */
function balanced({ x, y }: LabelledPoints): LabelledPoints {
  const labels = Array.from(y.data, Number);
  const rows = [0, 1].map((c) => labels.flatMap((label, i) => (label === c ? [i] : [])));
  const count = Math.min(...rows.map(({ length }) => length));
  const kept = fromData(Int32Array.from(rows.flatMap((of) => of.slice(0, count))), [2 * count]);
  return { x: take(x, kept), y: take(y, kept) };
}

/**
 * Trains by gradient descent over all training points at once.
 * @param start "zeros" has all weights and biases 0; "balanced zeros" besides as many points of each class
 */
export function train(
  start: "random" | "zeros" | "balanced zeros",
  given: Partial<MoonsPoint> = {},
): MoonsResult {
  const { noise, hidden, rate, epochs, seed } = experimentPoint("moons", PARAMETERS, given);
  const [drawnPoints, validation, test] = parts(noise, seed) as [
    LabelledPoints,
    LabelledPoints,
    LabelledPoints,
  ];
  const seen = start === "balanced zeros" ? balanced(drawnPoints) : drawnPoints;
  const drawn = drawNet([2, hidden, 1], seed);
  const from = start === "random" ? drawn : mapTree((p) => zerosLike(p), drawn);
  const cost = (net: SmallNet) => logisticCost(netInputs(net, seen.x, sigmoid), seen.y);
  const { net, costs } = gradientDescent(cost, from, { rate, steps: epochs });
  const right = ({ x, y }: LabelledPoints) => accuracyOf(netInputs(net, x, sigmoid), y);
  return { net, costs, train: right(seen), validation: right(validation), test: right(test) };
}

const EQUAL =
  "From zeros all hidden units do the same for ever, so that five are no more than one. With as many points of either " +
  "class every gradient is 0 besides, and the net never leaves; the points as they are drawn are not quite so many of " +
  "each, which lets it go after some hundred epochs.";

/** What the net has right, and what it makes of zeros. */
export function claims(given: Partial<MoonsPoint> = {}): Claim[] {
  const point = experimentPoint("moons", PARAMETERS, given);
  const random = train("random", point);
  const never = train("balanced zeros", point);
  const early = train("zeros", { ...point, epochs: Math.min(100, point.epochs) });
  const late = train("zeros", point).net.weights[0]!.data;
  const units = (from: number) => late.slice(from * point.hidden, (from + 1) * point.hidden);
  const apart = [0, 1].map((input) => Math.max(...units(input)) - Math.min(...units(input)));
  const parameters = [...never.net.weights, ...never.net.biases].flatMap(({ data }) => [...data]);
  return [
    between("training points right", [0.75, 0.87], random.train),
    between("validation points right", [0.7, 0.9], random.validation),
    between("test points right", [0.7, 0.9], random.test),
    claim("zeros, balanced: training points right", 0.5, never.train, 0, EQUAL),
    claim("zeros, balanced: largest parameter", 0, Math.max(...parameters.map(Math.abs)), 1e-12),
    between("zeros, as drawn: test points right after 100 epochs", [0.4, 0.6], early.test),
    claim("zeros, as drawn: difference between hidden units", 0, Math.max(...apart), 0),
  ];
}

/** The cost by epoch, from both starts. */
export function curves(given: Partial<MoonsPoint> = {}): Curves[] {
  const lines = (["random", "zeros", "balanced zeros"] as const).map((start) => ({
    name: start,
    points: train(start, given)
      .costs.map((cost, epoch) => [epoch, cost] as const)
      .filter(([epoch]) => epoch % 10 === 0),
  }));
  return [
    { title: "Training cost", x: { label: "epoch" }, y: { label: "cross-entropy" }, series: lines },
  ];
}
