// NNDL section 4.1, its open question: must an activation be differentiable, and must it be monotone?

import { quadrants } from "../../../data/synthetic.ts";
import { activationOf } from "../../../nn/activations/index.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { abs, relu, sub, tanh } from "../../../tensor/elementwise.ts";
import { max } from "../../../tensor/reduce.ts";
import { above, atLeast, below } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counts,
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

/** Activations that the experiment sets beside each other. */
export type Ruled = "tanh" | "relu" | "sin" | "silu" | "gelu" | "mish" | "step";

/** What the experiment may be told instead. */
export interface RulesPoint {
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly steps: number;
  readonly seed: number;
}

/** The point of this experiment. */
export const PARAMETERS: Parameters<RulesPoint> = {
  hidden: counts("units of the hidden layers", [8]),
  rate: real("the learning rate", 0.5),
  steps: natural("steps of gradient descent", 500),
  seed: natural("what points and weights are drawn by", 1),
};

/** What came of a net with one activation. */
export interface Ruling {
  /** The share of 200 points that it has not seen and has right. */
  readonly right: number;
  /** How far the weights of the first layer moved, and those of the last, at most. */
  readonly firstMoved: number;
  readonly lastMoved: number;
}

/** Trains a net on the plane's version of exclusive or: class 1 where both coordinates have one sign. */
export function train(name: Ruled, given: Partial<RulesPoint> = {}): Ruling {
  const { hidden, rate, steps, seed } = experimentPoint("activation-rules", PARAMETERS, given);
  const data = quadrants({ samples: 400, noise: 0, seed, testFraction: 0.5 });
  const [seen, unseen] = [data.train, data.test].map(toPoints);
  const f = { tanh, relu }[name as string] ?? activationOf(name).apply;
  const small = (x: Tensor) => x.div(3);
  const start = drawNet([2, ...hidden, 1], seed);
  const cost = (net: SmallNet) => logisticCost(netInputs(net, small(seen!.x), f), seen!.y);
  const { net } = gradientDescent(cost, start, { rate, steps });
  const moved = (l: number) => max(abs(sub(net.weights.at(l)!, start.weights.at(l)!))).item();
  return {
    right: accuracyOf(netInputs(net, small(unseen!.x), f), unseen!.y),
    firstMoved: moved(0),
    lastMoved: moved(-1),
  };
}

const MONOTONE =
  "The notes ask whether an activation must be monotone. sin, SiLU, GELU and Mish are not, and learn by the same " +
  "backpropagation: what it needs is a slope. Monotone ones make the surface simpler.";
const DIFFERENTIABLE =
  "A step has the slope 0 wherever it has one, so nothing below it learns; a ReLU has a corner, one point without a " +
  "slope, which does no harm.";

/** What learns, and what a step leaves as it was. */
export function claims(given: Partial<RulesPoint> = {}): Claim[] {
  const point = experimentPoint("activation-rules", PARAMETERS, given);
  const right = (name: Ruled) => train(name, point).right;
  const step = train("step", point);
  return [
    ...(["sin", "silu", "gelu", "mish"] as const).map((name) =>
      atLeast(`${name}, not monotone: unseen points right`, 0.95, right(name), { note: MONOTONE }),
    ),
    atLeast("relu, with a corner: unseen points right", 0.95, right("relu")),
    claim("step: how far the first layer moves", 0, step.firstMoved, 0, DIFFERENTIABLE),
    above("step: how far the last layer moves", 0, step.lastMoved),
    below("step: unseen points right", 0.8, step.right),
  ];
}
