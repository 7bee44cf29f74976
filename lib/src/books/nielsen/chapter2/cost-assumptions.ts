// Nielsen, chapter 2: the two assumptions on the cost, each kept and each broken: by batch statistics, and by a term
// that reads weights.

import "../../../tensor/methods.ts";
import { moons } from "../../../data/synthetic.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import { vmap } from "../../../runtime/loops/vmap.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { flattenTree, mapTree } from "../../../runtime/values/tree.ts";
import { full } from "../../../tensor/create.ts";
import { add, div, mul, relu, sigmoid, sqrt, square, sub } from "../../../tensor/elementwise.ts";
import { expandDims } from "../../../tensor/movement.ts";
import { mean, sum } from "../../../tensor/reduce.ts";
import { above } from "../../shared/bounds.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  countedWithin,
  experimentPoint,
  natural,
  type Parameters,
  realAbove0,
} from "../../shared/parameters.ts";
import {
  drawNet,
  type LabelledPoints,
  netInputs,
  type SmallNet,
  toPoints,
} from "../../shared/small-net.ts";

type Bend = (z: Tensor) => Tensor;

/** Hidden net inputs less their mean over the batch, by their deviation over the batch. */
const batchNormalised: Bend = (z) => {
  const centred = sub(z, mean(z, 0));
  return sigmoid(div(centred, sqrt(add(mean(square(centred), 0), 1e-5))));
};

/** (a - y)^2 / 2 of each example, [n, 1]. */
function costsOf(net: SmallNet, { x, y }: LabelledPoints, bend: Bend): Tensor {
  return mul(square(sub(sigmoid(netInputs(net, x, bend)), y)), 0.5);
}

function largest(tree: SmallNet | Tensor): number {
  return Math.max(...flattenTree(tree).leaves.flatMap((leaf) => Array.from(leaf.data, Math.abs)));
}

function apart(a: SmallNet, b: SmallNet): number {
  return largest(mapTree((p: Tensor, q: Tensor) => sub(p, q), a, b));
}

/** The mean of the gradients of single examples, each alone in its batch, less the gradient of the mean cost. */
function meansApart(net: SmallNet, points: LabelledPoints, bend: Bend): number {
  const costOfOne = (at: SmallNet, x: Tensor, y: Tensor) =>
    mean(costsOf(at, { x: expandDims(x, 0), y: expandDims(y, 0) }, bend));
  const ofOne = (x: Tensor, y: Tensor) => grad((at: SmallNet) => costOfOne(at, x, y))(net);
  const each = vmap(ofOne)(points.x, points.y) as SmallNet;
  const ofMean = grad((at: SmallNet) => mean(costsOf(at, points, bend)))(net);
  return apart(
    mapTree((g: Tensor) => mean(g, 0), each),
    ofMean,
  );
}

/** How much the cost of the first example changes with the inputs of the others: the largest derivative. */
function othersMatter(net: SmallNet, { x, y }: LabelledPoints, bend: Bend): number {
  const costOfFirst = (inputs: Tensor) => sum(costsOf(net, { x: inputs, y }, bend).at("0:1"));
  return largest(grad(costOfFirst)(x).at("1:"));
}

/** Twice the weights and biases of a hidden layer of ReLUs, and half of those that read it: the same outputs. */
export function scaledTwin({ weights, biases }: SmallNet): SmallNet {
  return {
    weights: [mul(weights[0]!, 2), mul(weights[1]!, 0.5)],
    biases: [mul(biases[0]!, 2), biases[1]!],
  };
}

/** What the experiment may be told instead. */
export interface CostAssumptionsPoint {
  readonly examples: number;
  readonly lambda: number;
  readonly seed: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<CostAssumptionsPoint> = {
  examples: countedWithin("examples, points of two moons", 20, [2, 1_000]),
  lambda: realAbove0("the factor of the L2 term, lambda / 2 times the sum of w^2", 0.1),
  seed: natural("what weights and points are drawn by", 1),
};

const FIRST =
  "Batch normalisation takes mean and deviation over the minibatch, so that there is no cost of one example " +
  "alone: the first assumption is gone, and the gradient is that of a whole minibatch.";
const SECOND =
  "An L2 term is a function of the weights, not of the outputs: backpropagation from the output layer does not " +
  "see it, and its own gradient lambda w is added afterwards.";

/** Differences that vanish where an assumption holds, and do not where it is broken. */
export function claims(given: Partial<CostAssumptionsPoint> = {}): Claim[] {
  const { examples, lambda, seed } = experimentPoint("cost-assumptions", PARAMETERS, given);
  const points = toPoints(moons({ samples: examples, noise: 0.2, seed, testFraction: 0 }).train);
  const net = drawNet([2, 4, 1], seed);
  const twin = scaledTwin(net);
  const outputsOf = (at: SmallNet) => sigmoid(netInputs(at, points.x, relu));
  const dataCost = (at: SmallNet) => mean(costsOf(at, points, relu));
  const penalty = (at: SmallNet) =>
    mul(add(sum(square(at.weights[0]!)), sum(square(at.weights[1]!))), lambda / 2);
  const risk = (at: SmallNet) => add(dataCost(at), penalty(at));
  // What the outputs' share of the cost leaves out.
  const rest = mapTree(
    (whole: Tensor, data: Tensor) => sub(whole, data),
    grad(risk)(net),
    grad(dataCost)(net),
  );
  const decay: SmallNet = {
    weights: net.weights.map((w) => mul(w, lambda)),
    biases: net.biases.map((b) => full(b.type.shape, 0, "float64")),
  };
  return [
    claim("mean of gradients - gradient of the mean", 0, meansApart(net, points, sigmoid), 1e-14),
    claim("cost of one example over another's input", 0, othersMatter(net, points, sigmoid), 0),
    above(
      "with batch statistics: mean of gradients - gradient of the mean",
      1e-3,
      meansApart(net, points, batchNormalised),
    ),
    above(
      "with batch statistics: cost of one over another's input",
      1e-4,
      othersMatter(net, points, batchNormalised),
      { places: 4, note: FIRST },
    ),
    claim(
      "equal outputs, other weights: difference of outputs",
      0,
      largest(sub(outputsOf(twin), outputsOf(net))),
      1e-15,
    ),
    claim(
      "their costs: difference",
      0,
      Math.abs(dataCost(twin).item() - dataCost(net).item()),
      1e-15,
    ),
    above(
      "their costs with an L2 term: difference",
      1e-3,
      Math.abs(risk(twin).item() - risk(net).item()),
    ),
    above("gradient that the outputs do not carry, with L2", 1e-3, largest(rest)),
    claim("the same - lambda w", 0, apart(rest, decay), 1e-15, SECOND),
  ];
}
