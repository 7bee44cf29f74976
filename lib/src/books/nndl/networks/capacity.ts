// NNDL section 4.6: too many parameters for the data: a large net learns few points by heart, and more points cure it.

import { moons } from "../../../data/synthetic.ts";
import { tanh } from "../../../tensor/elementwise.ts";
import { above, atLeast, below } from "../../shared/bounds.ts";
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
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface CapacityPoint {
  readonly hidden: number;
  readonly few: number;
  readonly many: number;
  readonly noise: number;
  readonly rate: number;
  readonly steps: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<CapacityPoint> = {
  hidden: counted("units of the hidden layer", 30),
  few: counted("training points, where there are few", 20),
  many: counted("training points, where there are many", 300),
  noise: real("standard deviation of the moons' noise", 0.4),
  rate: real("the learning rate", 0.5),
  steps: natural("steps of gradient descent", 1500),
  seed: natural("what points and weights are drawn by", 1),
};

/** What a net has right of what it has seen and of 500 points that it has not. */
export interface Fit {
  readonly parameters: number;
  readonly train: number;
  readonly test: number;
}

/** Trains on so many points. */
export function fitTo(points: number, given: Partial<CapacityPoint> = {}): Fit {
  const { hidden, noise, rate, steps, seed } = experimentPoint("capacity", PARAMETERS, given);
  const draw = (samples: number, from: number) =>
    toPoints(moons({ samples, noise, seed: from, testFraction: 0 }).train);
  const [seen, unseen] = [draw(points, seed), draw(500, seed + 1)];
  const cost = (net: SmallNet) => logisticCost(netInputs(net, seen.x, tanh), seen.y);
  const start = drawNet([2, hidden, 1], seed);
  const { net } = gradientDescent(cost, start, { rate, steps });
  const right = ({ x, y }: typeof seen) => accuracyOf(netInputs(net, x, tanh), y);
  return {
    parameters: [...net.weights, ...net.biases].reduce((total, { size }) => total + size, 0),
    train: right(seen),
    test: right(unseen),
  };
}

const BY_HEART =
  "A net of more parameters than points can learn them by heart, noise and all, and is then surer than it should be. " +
  "It is not the number of parameters that counts, but how many there are for the data: with more points the same " +
  "net has about as much right of those it has not seen as of those it has.";

/** What the same net has right of few and of many points. */
export function claims(given: Partial<CapacityPoint> = {}): Claim[] {
  const point = experimentPoint("capacity", PARAMETERS, given);
  const { hidden, few, many } = point;
  const [poor, rich] = [fitTo(few, point), fitTo(many, point)];
  return [
    claim(`parameters of 2-${hidden}-1`, 121, poor.parameters, 0),
    atLeast(`${few} points: of these right`, 0.9, poor.train, { note: BY_HEART }),
    above(`${few} points: more than of unseen ones, by`, 0.1, poor.train - poor.test),
    below(`${many} points: more than of unseen ones, by`, 0.07, rich.train - rich.test),
    above(`unseen points right, ${many} against ${few}: more by`, 0.03, rich.test - poor.test),
  ];
}

/** Right of training and unseen points, by how many there are to learn from. */
export function curves(given: Partial<CapacityPoint> = {}): Curves[] {
  const point = experimentPoint("capacity", PARAMETERS, given);
  const counts = [10, 20, 40, 80, 160, 320];
  const fits = counts.map((count) => fitTo(count, point));
  const line = (name: string, part: "train" | "test") => {
    return { name, points: fits.map((fit, i) => [counts[i]!, fit[part]] as const) };
  };
  return [
    {
      title: `A net of ${fits[0]!.parameters} parameters`,
      x: { label: "training points", log: true },
      y: { label: "share right" },
      series: [line("training points", "train"), line("unseen points", "test")],
    },
  ];
}
