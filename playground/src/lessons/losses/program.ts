// Three losses of one output, and how steep they are: the library's, differentiated by it.

import { full, grad, linspace, type Tensor, tensor } from "neurite";
import { lossOf, meanLoss } from "neurite/nn";

export interface Values {
  readonly loss: "quadratic" | "meanSquared" | "crossEntropy";
  readonly y: number;
  readonly a: number;
}

const LOSSES = {
  quadratic: lossOf("quadratic"),
  meanSquared: lossOf("meanSquaredError"),
  crossEntropy: lossOf("binaryCrossentropy"),
};
type Name = keyof typeof LOSSES;
const NAMES = Object.keys(LOSSES) as Name[];

const lossAt = (name: Name, y: number) => {
  const target = tensor([[y]], "float64");
  return (a: Tensor): Tensor<[]> => meanLoss(LOSSES[name], target, a);
};
const at = (a: number): Tensor => tensor([[a]], "float64");

export function run({ loss, y, a }: Values) {
  const values = NAMES.map((name) => lossAt(name, y)(at(a)).item());
  const slopes = NAMES.map((name) => grad(lossAt(name, y))(at(a)).item());
  const places = linspace(0.01, 0.99, 99, "float64").reshape([99, 1]);
  const curve = (name: Name) => ({
    x: Array.from(places.data),
    y: Array.from(LOSSES[name].perExample(full([99, 1], y, "float64"), places).data),
  });
  // Two outputs (a, 0.2) with the targets (y, 0).
  const pair: Tensor = tensor([[a, 0.2]], "float64");
  const targets: Tensor = tensor([[y, 0]], "float64");
  const chosen = NAMES.indexOf(loss);
  return {
    numbers: {
      a,
      value: values[chosen]!,
      slope: slopes[chosen]!,
      // Which of the three is the largest, from 0.
      largest: values.indexOf(Math.max(...values)),
      pairQuadratic: meanLoss(LOSSES.quadratic, targets, pair).item(),
      pairMean: meanLoss(LOSSES.meanSquared, targets, pair).item(),
    },
    curves: {
      quadraticCurve: curve("quadratic"),
      meanSquaredCurve: curve("meanSquared"),
      crossEntropyCurve: curve("crossEntropy"),
    },
    tables: { all: NAMES.map((_, i) => [values[i]!, slopes[i]!]) },
  };
}
