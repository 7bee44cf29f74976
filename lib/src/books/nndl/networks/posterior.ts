// NNDL section 4.2: the output of a net approximates p(y | x): two normal clouds, of which it is known.

import { gaussians } from "../../../data/synthetic.ts";
import { gaussiansPosterior } from "../../../inspect/learnt/posterior.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { fromData } from "../../../tensor/create.ts";
import { abs, sigmoid, sub, tanh } from "../../../tensor/elementwise.ts";
import { max, mean } from "../../../tensor/reduce.ts";
import { below } from "../../shared/bounds.ts";
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
  drawNet,
  gradientDescent,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

/** What the experiment may be told instead. */
export interface PosteriorPoint {
  readonly noise: number;
  readonly samples: number;
  readonly hidden: number;
  readonly rate: number;
  readonly steps: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<PosteriorPoint> = {
  noise: real("how wide the clouds are: their variance is 0.5 + 7 noise", 0.5),
  samples: counted("points to learn from", 2000),
  hidden: counted("units of the hidden layer", 4),
  rate: real("the learning rate", 0.5),
  steps: natural("steps of gradient descent", 500),
  seed: natural("what points and weights are drawn by", 1),
};

/** What a net has learnt of p(1 | x), and how far it is from the truth over points drawn anew. */
export interface PosteriorResult {
  readonly net: SmallNet;
  /** The mean and the largest distance of the two probabilities. */
  readonly mean: number;
  readonly largest: number;
}

/** Trains a net of no or one hidden layer. @param hidden its units; 0 for logistic regression */
export function train(hidden: number, given: Partial<PosteriorPoint> = {}): PosteriorResult {
  const { noise, samples, rate, steps, seed } = experimentPoint("posterior", PARAMETERS, given);
  const draw = (count: number, from: number) =>
    toPoints(gaussians({ samples: count, noise, seed: from, testFraction: 0 }).train);
  const [seen, unseen] = [draw(samples, seed), draw(1000, seed + 1)];
  const start = drawNet(hidden === 0 ? [2, 1] : [2, hidden, 1], seed, { std: 0.5 });
  const cost = (net: SmallNet) => logisticCost(netInputs(net, seen.x, tanh), seen.y);
  const { net } = gradientDescent(cost, start, { rate, steps });
  const gaps = abs(sub(sigmoid(netInputs(net, unseen.x, tanh)), truthOf(unseen.x, noise)));
  return { net, mean: mean(gaps).item(), largest: max(gaps).item() };
}

function truthOf(x: Tensor, noise: number): Tensor {
  const rows = x.type.shape[0]!;
  const at = (n: number) => gaussiansPosterior(x.data[2 * n]!, x.data[2 * n + 1]!, noise);
  return fromData(
    Float64Array.from({ length: rows }, (_, n) => at(n)),
    [rows, 1],
  );
}

const CLOSED =
  "Two clouds of one variance v about (2, 2) and (-2, -2) have p(1 | x) = sigma(4 (x1 + x2) / v): logistic regression " +
  "can be exactly right, and finds these weights but for what the points leave open.";

/** The weights that are known, and the distance of the probabilities. */
export function claims(given: Partial<PosteriorPoint> = {}): Claim[] {
  const point = experimentPoint("posterior", PARAMETERS, given);
  const alone = train(0, point);
  const net = train(point.hidden, point);
  const [w1, w2] = alone.net.weights[0]!.data as unknown as [number, number];
  const truth = 4 / (0.5 + 7 * point.noise);
  return [
    claim("logistic regression: w1, 4 / v", 1, w1 / truth, 0.25, CLOSED),
    claim("logistic regression: w2, 4 / v", 1, w2 / truth, 0.25),
    claim("logistic regression: b", 0, alone.net.biases[0]!.item(), 0.3),
    below("logistic regression: mean distance from p(1 | x)", 0.02, alone.mean, { places: 4 }),
    below(`2-${point.hidden}-1: mean distance from p(1 | x)`, 0.03, net.mean, { places: 4 }),
    below(`2-${point.hidden}-1: largest distance`, 0.3, net.largest),
  ];
}

/** Both probabilities along the diagonal from one cloud to the other. */
export function curves(given: Partial<PosteriorPoint> = {}): Curves[] {
  const point = experimentPoint("posterior", PARAMETERS, given);
  const { net } = train(point.hidden, point);
  const ticks = Array.from({ length: 61 }, (_, i) => (i - 30) / 10);
  const x = fromData(Float64Array.from(ticks.flatMap((t) => [t, t])), [ticks.length, 2]);
  const found = sigmoid(netInputs(net, x, tanh)).data;
  return [
    {
      title: "Along the diagonal x1 = x2",
      x: { label: "x1 = x2" },
      y: { label: "p(1 | x)" },
      series: [
        { name: "net", points: ticks.map((t, i) => [t, found[i]!] as const) },
        {
          name: "true posterior",
          points: ticks.flatMap((t, i) =>
            i % 5 === 0 ? [[t, gaussiansPosterior(t, t, point.noise)] as const] : [],
          ),
          book: true,
        },
      ],
    },
  ];
}
