// Nielsen, chapter 2: the four equations of backpropagation by hand, for any depth of sigmoid net.
// Matrices hold an example in each column, so that z = w a + b reads as in the book.

import "../../../tensor/methods.ts";
import { ArgumentError } from "../../../checks/errors.ts";
import { grad } from "../../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { mapTree } from "../../../runtime/values/tree.ts";
import { zerosLike } from "../../../tensor/create.ts";
import { sub } from "../../../tensor/elementwise.ts";
import { stack } from "../../../tensor/joining.ts";
import { key, normal, splitKey, uniform } from "../../../tensor/random.ts";
import { logSumExp } from "../../../tensor/softmax.ts";
import { type Claim, claim } from "../../shared/claim.ts";
import {
  counted,
  counts,
  experimentPoint,
  natural,
  type Parameters,
  real,
} from "../../shared/parameters.ts";

/** Layer by layer: weights [units, inputs] and biases [units, 1]. */
export interface SigmoidNet {
  readonly weights: readonly Tensor[];
  readonly biases: readonly Tensor[];
}

/** C_x = |y - a|^2 / 2, or C_x = -sum(y ln a + (1 - y) ln(1 - a)); C is their mean over examples. */
export type Cost = "quadratic" | "crossEntropy";

/** What a forward pass leaves behind. */
export interface Pass {
  /** Net inputs of layers 2..L, each [units, examples]. */
  readonly zs: readonly Tensor[];
  /** Activations of layers 1..L: the input x first, the output last. */
  readonly activations: readonly Tensor[];
}

/** Layers of the given sizes, all weights and biases drawn from N(0, 1), float64. */
export function randomNet(sizes: readonly number[], seed: number): SigmoidNet {
  const layers = sizes.slice(1).map((units, l) => ({ units, inputs: sizes[l]! }));
  const keys = splitKey(key(seed), 2 * layers.length);
  const draw = (k: number, shape: [number, number]): Tensor =>
    normal(keys[k]!, shape, { dtype: "float64" });
  return {
    weights: layers.map(({ units, inputs }, l) => draw(2 * l, [units, inputs])),
    biases: layers.map(({ units }, l) => draw(2 * l + 1, [units, 1])),
  };
}

/** a^l = sigma(z^l), z^l = w^l a^(l-1) + b^l. @param x inputs [inputs, examples] */
export function feedForward({ weights, biases }: SigmoidNet, x: Tensor): Pass {
  const zs: Tensor[] = [];
  const activations = [x];
  weights.forEach((w, l) => {
    const z = w.matmul(activations[l]!).add(biases[l]!);
    zs.push(z);
    activations.push(z.sigmoid());
  });
  return { zs, activations };
}

/** The cost of a minibatch, as autodiff may differentiate it. @param y targets [outputs, examples] */
export function costOf(cost: Cost, net: SigmoidNet, x: Tensor, y: Tensor): Tensor<[]> {
  const { zs, activations } = feedForward(net, x);
  const examples = x.shape[1]!;
  if (cost === "quadratic") {
    return y
      .sub(activations.at(-1)!)
      .square()
      .sum()
      .div(2 * examples);
  }
  // -(y ln a + (1 - y) ln(1 - a)) = ln(1 + e^z) - y z, which is finite where a rounds to 0 or 1.
  const z = zs.at(-1)!;
  return softplus(z).sub(y.mul(z)).sum().div(examples);
}

/** ln(e^0 + e^z). */
function softplus(z: Tensor): Tensor {
  return logSumExp(stack([zerosLike(z), z]), 0);
}

function sigmoidPrime(z: Tensor): Tensor {
  const a = z.sigmoid();
  return a.mul(sub(1, a));
}

/**
 * BP1, the error of the output layer: delta^L = dC/da^L * sigma'(z^L) elementwise. In the
 * cross-entropy sigma' cancels and leaves a - y. Per example: not yet divided by their number.
 */
export function outputError(cost: Cost, z: Tensor, a: Tensor, y: Tensor): Tensor {
  const difference = a.sub(y);
  return cost === "quadratic" ? difference.mul(sigmoidPrime(z)) : difference;
}

/** BP2, the error of the layer below: delta^l = (w^(l+1))^T delta^(l+1) * sigma'(z^l) elementwise. */
export function hiddenError(wNext: Tensor, deltaNext: Tensor, z: Tensor): Tensor {
  return wNext.transpose().matmul(deltaNext).mul(sigmoidPrime(z));
}

/** BP3: dC/db^l = delta^l, here the mean over the minibatch, [units, 1]. */
export function biasGradient(delta: Tensor): Tensor {
  return delta.mean(1, true);
}

/** BP4: dC/dw^l_jk = a^(l-1)_k delta^l_j, here the mean over the minibatch, [units, inputs]. */
export function weightGradient(aBelow: Tensor, delta: Tensor): Tensor {
  return delta.matmul(aBelow.transpose()).div(delta.shape[1]!);
}

/** delta^l of layers 2..L, each [units, examples]: BP1 at the top, then BP2 downwards. */
export function errors(cost: Cost, net: SigmoidNet, pass: Pass, y: Tensor): Tensor[] {
  const { zs, activations } = pass;
  let delta = outputError(cost, zs.at(-1)!, activations.at(-1)!, y);
  const deltas = [delta];
  for (let l = zs.length - 2; l >= 0; l--) {
    delta = hiddenError(net.weights[l + 1]!, delta, zs[l]!);
    deltas.unshift(delta);
  }
  return deltas;
}

/** The gradient of the cost by every weight and bias, from BP1 to BP4. */
export function backpropagate(cost: Cost, net: SigmoidNet, x: Tensor, y: Tensor): SigmoidNet {
  const pass = feedForward(net, x);
  const deltas = errors(cost, net, pass, y);
  return {
    weights: deltas.map((delta, l) => weightGradient(pass.activations[l]!, delta)),
    biases: deltas.map(biasGradient),
  };
}

/** Options of a step of NNDL's algorithm 4.1. */
export interface Algorithm41Options {
  readonly cost?: Cost;
  /** alpha */
  readonly learningRate: number;
  /** lambda, 0 by default; in this book it is not divided by the number of examples. */
  readonly lambda?: number;
}

/**
 * One turn of the inner loop of NNDL algorithm 4.1: the network after one example.
 * W becomes W - alpha (delta a^T + lambda W), b becomes b - alpha delta.
 * @param x [inputs, 1] @param y [outputs, 1]
 */
export function algorithm41Update(
  net: SigmoidNet,
  x: Tensor,
  y: Tensor,
  { cost = "crossEntropy", learningRate: alpha, lambda = 0 }: Algorithm41Options,
): SigmoidNet {
  const gradient = backpropagate(cost, net, x, y);
  return {
    weights: net.weights.map((w, l) => w.sub(gradient.weights[l]!.add(w.mul(lambda)).mul(alpha))),
    biases: net.biases.map((b, l) => b.sub(gradient.biases[l]!.mul(alpha))),
  };
}

/** The largest difference of two gradients, matrix by matrix relative to its largest element. */
export function largestDifference(ours: SigmoidNet, theirs: SigmoidNet): number {
  const pairs = (["weights", "biases"] as const).flatMap((kind) =>
    ours[kind].map((matrix, l) => [matrix, theirs[kind][l]!] as const),
  );
  const relative = pairs.map(([a, b]) => {
    const scale = b.abs().max().item();
    const difference = a.sub(b).abs().max().item();
    return scale === 0 ? difference : difference / scale;
  });
  return Math.max(...relative);
}

const SIGMA =
  "The notes write a partial sign for sigma in a^l = sigma(z^l), and delta for an activation as well " +
  "as for the error dC/dz.";
const DESCENT =
  "The notes write C = -eta grad C^2; it is the change of the cost, dC = -eta |grad C|^2 to first " +
  "order.";
const DECAY =
  "The notes say that weight decay speeds weights up; it shrinks them by the same factor at every " +
  "update.";

/** What the experiment may be told instead. */
export interface BpEquationsPoint {
  readonly sizes: readonly number[];
  readonly examples: number;
  readonly seed: number;
  readonly eta: number;
  readonly rate: number;
  readonly lambda: number;
}

/** The book's point of this experiment. */
export const PARAMETERS: Parameters<BpEquationsPoint> = {
  sizes: counts("units of each layer, inputs first", [4, 5, 3, 2]),
  examples: counted("examples in the minibatch", 6),
  seed: natural("what weights and examples are drawn by", 1),
  eta: real("the learning rate of the predicted change of the cost", 1e-6),
  rate: real("that of the decay alone", 0.5),
  lambda: real("the factor of the decay", 0.1),
};

/** The equations against autodiff on a 4-5-3-2 net, and what gradient descent makes of them. */
export function claims(given: Partial<BpEquationsPoint> = {}): Claim[] {
  const { sizes, examples, seed, eta, rate, lambda } = experimentPoint(
    "bp-equations",
    PARAMETERS,
    given,
  );
  if (sizes.length < 2) {
    throw new ArgumentError(
      `bp-equations: expected sizes of two layers or more, received ${sizes}`,
    );
  }
  const net = randomNet(sizes, seed);
  const x = uniform(key(seed + 1), [sizes[0]!, examples], { dtype: "float64" });
  const y = uniform(key(seed + 2), [sizes.at(-1)!, examples], { dtype: "float64" });
  const byHand = backpropagate("quadratic", net, x, y);
  const differenceIn = (cost: Cost) => {
    const auto = grad((at: SigmoidNet) => costOf(cost, at, x, y))(net);
    return largestDifference(backpropagate(cost, net, x, y), auto);
  };
  const cost = (at: SigmoidNet) => costOf("quadratic", at, x, y).item();
  const moved = mapTree((w, dw) => w.sub(dw.mul(eta)), net, byHand);
  const change = cost(moved) - cost(net);
  const matrices = [...byHand.weights, ...byHand.biases];
  const squaredNorm = matrices.reduce((sum, dw) => sum + dw.square().sum().item(), 0);
  // An example that the net answers perfectly has no gradient, so that only the decay is left.
  const one = x.at(":", "0:1");
  const answer = feedForward(net, one).activations.at(-1)!;
  const decayed = algorithm41Update(net, one, answer, { learningRate: rate, lambda });
  const ratio = decayed.weights[0]!.div(net.weights[0]!).mean().item();
  return [
    claim("BP1-4 quadratic - autodiff", 0, differenceIn("quadratic"), 1e-12, SIGMA),
    claim("BP1-4 cross-entropy - autodiff", 0, differenceIn("crossEntropy"), 1e-12),
    claim("dC / (-eta |grad C|^2)", 1, change / (-eta * squaredNorm), 1e-5, DESCENT),
    claim("W / W before, by decay alone", 0.95, ratio, 1e-12, DECAY),
  ];
}
