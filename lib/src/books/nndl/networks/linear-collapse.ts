// A net whose activations are linear is one layer, however deep: the reason why activations bend.

import { circles } from "../../../data/synthetic.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { abs, add, cast, sub, tanh } from "../../../tensor/elementwise.ts";
import { matmul } from "../../../tensor/linear.ts";
import { key, randint, splitKey } from "../../../tensor/random.ts";
import { max } from "../../../tensor/reduce.ts";
import { atLeast, below } from "../../shared/bounds.ts";
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
  type LabelledPoints,
  logisticCost,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

const linear = (z: Tensor): Tensor => z;

/** The one layer that a linear net is: W = W1 W2 ... and b = (b1 W2 + b2) W3 + ... */
export function collapse({ weights, biases }: SmallNet): SmallNet {
  let w = weights[0]!;
  let b = biases[0]!;
  for (let l = 1; l < weights.length; l++) {
    w = matmul(w, weights[l]!);
    b = add(matmul(b, weights[l]!), biases[l]!);
  }
  return { weights: [w], biases: [b] };
}

/** A net of whole numbers from -4 to 4, whose products have no rounding. */
export function wholeNet(sizes: readonly number[], seed: number): SmallNet {
  const keys = splitKey(key(seed), 2 * sizes.length);
  const draw = (k: number, shape: number[]): Tensor =>
    cast(randint(keys[k]!, shape, -4, 5), "float64");
  return {
    weights: sizes.slice(1).map((units, l) => draw(2 * l, [sizes[l]!, units])),
    biases: sizes.slice(1).map((units, l) => draw(2 * l + 1, [units])),
  };
}

/** The largest difference between a linear net and its one layer, over some inputs. */
export function difference(net: SmallNet, x: Tensor): number {
  const deep = netInputs(net, x, linear);
  const flat = netInputs(collapse(net), x, linear);
  return max(abs(sub(deep, flat))).item();
}

/** A disc inside a ring, which no line separates. */
export function rings(): LabelledPoints {
  const points = toPoints(circles({ samples: 200, noise: 0, seed: 1, testFraction: 0 }).train);
  return points;
}

/** Trains a logistic net on the rings. @returns the part that is right, and the last cost */
export function trainOn(
  { x, y }: LabelledPoints,
  sizes: readonly number[],
  f: (z: Tensor) => Tensor,
  { rate = 0.1, steps = 600 }: { readonly rate?: number; readonly steps?: number } = {},
): { readonly right: number; readonly cost: number } {
  const cost = (at: SmallNet) => logisticCost(netInputs(at, x, f), y);
  const start = drawNet(sizes, 1, { std: 0.5 });
  const { net, costs } = gradientDescent(cost, start, { rate, steps });
  return { right: accuracyOf(netInputs(net, x, f), y), cost: costs.at(-1)! };
}

/** What the experiment may be told instead. */
export interface LinearCollapsePoint {
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly steps: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<LinearCollapsePoint> = {
  hidden: counts("units of the hidden layers that are trained on the rings", [8, 8]),
  rate: real("the learning rate", 0.1),
  steps: natural("steps of gradient descent", 600),
};

/** The book's numbers of this experiment beside ours. */
export function claims(given: Partial<LinearCollapsePoint> = {}): Claim[] {
  const { hidden, ...how } = experimentPoint("linear-collapse", PARAMETERS, given);
  const layers = hidden.length + 1;
  const whole = wholeNet([3, 6, 5, 4, 2], 1);
  const inputs = wholeNet([8, 3], 2).weights[0]!;
  const real = drawNet([3, 6, 5, 4, 2], 3);
  const points = rings();
  const one = trainOn(points, [2, 1], linear, how);
  const deep = trainOn(points, [2, ...hidden, 1], linear, how);
  const bent = trainOn(points, [2, ...hidden, 1], tanh, how);
  return [
    claim("4 linear layers - their product, whole numbers", 0, difference(whole, inputs), 0),
    claim("the same, normal weights", 0, difference(real, inputs), 1e-12),
    claim(`rings: cost of ${layers} linear layers - cost of 1`, 0, deep.cost - one.cost, 1e-3),
    below("rings: right by 1 layer", 0.7, one.right),
    below(`rings: right by ${layers} linear layers`, 0.7, deep.right),
    atLeast(`rings: right by ${layers} layers with tanh`, 0.99, bent.right),
  ];
}
