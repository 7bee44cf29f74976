// Algorithm 4.1 on two moons with a 2-5-1 network: an update for each example, an end by the validation set.

import { grad, type Tensor, tensor } from "neurite";
import { algorithm41, bpEquations } from "neurite/books";

export interface Values {
  readonly alpha: number;
  readonly lambda: number;
  readonly patience: number;
  readonly seed: number;
}

const parts = algorithm41.moonParts(1);
const x: Tensor = tensor([[0.5], [-1]], "float64");
const y: Tensor = tensor([[1]], "float64");

/** One example: the algorithm's update against the gradient that automatic differentiation finds. */
function oneUpdate(net: bpEquations.SigmoidNet, alpha: number, lambda: number) {
  const updated = bpEquations.algorithm41Update(net, x, y, { learningRate: alpha, lambda });
  const cost = (at: bpEquations.SigmoidNet): Tensor<[]> =>
    at.weights.reduce(
      (sum, w) =>
        sum.add(
          w
            .square()
            .sum()
            .mul(lambda / 2),
        ) as Tensor<[]>,
      bpEquations.costOf("crossEntropy", at, x, y),
    );
  const slope = grad(cost)(net);
  const apart = net.weights.map((w, l) => {
    const expected = w.sub(slope.weights[l]!.mul(alpha));
    return updated.weights[l]!.sub(expected).abs().max().item();
  });
  // What λ alone leaves of a weight.
  const without = bpEquations.algorithm41Update(net, x, y, { learningRate: alpha });
  const [w, withIt, withoutIt] = [net, updated, without].map((at) => at.weights[0]!.data[0]!);
  return { apart: Math.max(...apart), kept: 1 + (withIt! - withoutIt!) / w! };
}

export function run({ alpha, lambda, patience, seed }: Values) {
  const start = bpEquations.randomNet([2, 5, 1], seed);
  const { net, errors } = algorithm41.run(start, parts, {
    learningRate: alpha,
    lambda,
    patience,
    seed,
  });
  return {
    numbers: {
      updates: parts.train.x.shape[0]!,
      epochs: errors.length - 1,
      test: 1 - algorithm41.errorOf(net, parts.test),
      ...oneUpdate(start, alpha, lambda),
    },
    curves: { errorCurve: { x: errors.map((_, epoch) => epoch), y: [...errors] } },
  };
}
