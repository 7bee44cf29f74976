// Nielsen, chapter 1: the factor 1/m may be left out of the cost and put into the rate; the weights are the same.

import { moons } from "../../../data/synthetic.ts";
import { compile } from "../../../runtime/compiled/compile.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { flattenTree, mapTree } from "../../../runtime/values/tree.ts";
import { fromData, tensor } from "../../../tensor/create.ts";
import { mul, sigmoid, square, sub } from "../../../tensor/elementwise.ts";
import { mean, sum } from "../../../tensor/reduce.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counted,
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";
import {
  drawNet,
  type LabelledPoints,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

const POINTS = 200;

/** The cost of a minibatch out of its examples' costs [m, 1]. */
export type Reduction = "sum" | "mean";

const REDUCE: Readonly<Record<Reduction, (costs: Tensor) => Tensor<[]>>> = {
  sum: (costs) => sum(costs),
  mean: (costs) => mean(costs),
};

function stepWith(reduction: Reduction) {
  const costOf = (net: SmallNet, { x, y }: LabelledPoints): Tensor<[]> =>
    REDUCE[reduction](mul(square(sub(sigmoid(netInputs(net, x, sigmoid)), y)), 0.5));
  return compile((net: SmallNet, points: LabelledPoints, rate: Tensor) =>
    mapTree((p: Tensor, dp: Tensor) => sub(p, mul(dp, rate)), net, grad(costOf)(net, points)),
  );
}

/** A 2-5-1 net after some epochs over 200 points of two moons; `rateOf` gives the rate of m examples. */
export function trainReduced(
  reduction: Reduction,
  rateOf: (m: number) => number,
  { batch, epochs, seed }: Pick<SumAndMeanPoint, "batch" | "epochs" | "seed">,
): SmallNet {
  const { x, y } = toPoints(moons({ samples: POINTS, noise: 0.5, seed, testFraction: 0 }).train);
  const step = stepWith(reduction);
  const rows = ({ data }: Tensor, from: number, to: number) => {
    const width = data.length / POINTS;
    return fromData(Float64Array.from(data.subarray(from * width, to * width)), [to - from, width]);
  };
  let net = drawNet([2, 5, 1], seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let from = 0; from < POINTS; from += batch) {
      const to = Math.min(from + batch, POINTS);
      const points = { x: rows(x, from, to), y: rows(y, from, to) };
      net = step(net, points, tensor(rateOf(to - from), "float64"));
    }
  }
  return net;
}

/** The largest difference of two nets' parameters. */
function distanceOf(a: SmallNet, b: SmallNet): number {
  const others = flattenTree(b).leaves;
  const differences = flattenTree(a).leaves.flatMap((leaf, i) =>
    Array.from(leaf.data, (value, k) => Math.abs(value - others[i]!.data[k]!)),
  );
  return Math.max(...differences);
}

/** What the experiment may be told instead. */
export interface SumAndMeanPoint {
  readonly eta: number;
  readonly batch: number;
  readonly uneven: number;
  readonly epochs: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<SumAndMeanPoint> = {
  eta: real("the learning rate of the mean", 1),
  batch: countedWithin("examples in a minibatch, of 200", 10, [1, POINTS]),
  uneven: countedWithin("a size that leaves a smaller minibatch at the end", 30, [1, POINTS]),
  epochs: counted("epochs", 5),
  seed: natural("what points and weights are drawn by", 1),
};

const UNEVEN =
  "With a fixed rate the last, smaller minibatch of an epoch counts for less under the sum: the two are the " +
  "same only where the rate is divided by the size of each.";

/** Weights under the mean with eta against weights under the sum with eta / m. */
export function claims(given: Partial<SumAndMeanPoint> = {}): Claim[] {
  const { eta, batch, uneven, epochs, seed } = experimentPoint("sum-and-mean", PARAMETERS, given);
  const at = { batch, epochs, seed };
  const atUneven = { ...at, batch: uneven };
  const byMean = trainReduced("mean", () => eta, at);
  const bySum = trainReduced("sum", (m) => eta / m, at);
  const meanUneven = trainReduced("mean", () => eta, atUneven);
  const sumUneven = trainReduced("sum", (m) => eta / m, atUneven);
  const sumFixed = trainReduced("sum", () => eta / uneven, atUneven);
  const start = drawNet([2, 5, 1], seed);
  return [
    claim(`m = ${batch}: weights by the sum - by the mean`, 0, distanceOf(bySum, byMean), 1e-13),
    above("weights that training moved", 0.1, distanceOf(byMean, start)),
    claim(
      "the sum at the rate of the mean, and the mean at m times it",
      0,
      distanceOf(
        trainReduced("sum", () => eta / 10, at),
        trainReduced("mean", (m) => (m * eta) / 10, at),
      ),
      1e-13,
    ),
    claim(`m = ${uneven}: by the sum - by the mean`, 0, distanceOf(sumUneven, meanUneven), 1e-13),
    above(`m = ${uneven}: the same, one rate for all`, 1e-4, distanceOf(sumFixed, meanUneven), {
      places: 4,
      note: UNEVEN,
    }),
  ];
}
