// One sigmoid neuron that is to turn the input 1 into 0 learns by two costs.

import { compile, grad, scan, type Tensor, tensor } from "neurite";

export interface Values {
  readonly w: number;
  readonly b: number;
  readonly rate: number;
  readonly epochs: number;
}

/** The net input, w + b for the input 1. */
const netInput = (at: Tensor): Tensor<[]> => at.sum();
const output = (at: Tensor): Tensor<[]> => netInput(at).sigmoid();
const COSTS = {
  quadratic: (at: Tensor): Tensor<[]> => output(at).square().div(2),
  // -ln(1 - a), where 1 - a = σ(-z) keeps its digits.
  crossEntropy: (at: Tensor): Tensor<[]> => netInput(at).neg().sigmoid().log().neg(),
};
type Cost = keyof typeof COSTS;

function train(cost: Cost, { w, b, rate, epochs }: Values): number[] {
  const gradient = grad(COSTS[cost]);
  const descend = (at: Tensor): [Tensor, Tensor] => [
    at.sub(gradient(at).mul(rate)) as Tensor,
    output(at),
  ];
  const learn = compile((from: Tensor) => scan(descend, from, null, { length: epochs }));
  const [last, outputs] = learn(tensor([w, b], "float64"));
  return [...Array.from(outputs.data), output(last).item()];
}

export function run(values: Values) {
  const start: Tensor = tensor([values.w, values.b], "float64");
  const quadratic = train("quadratic", values);
  const crossEntropy = train("crossEntropy", values);
  const byW = (cost: Cost) => grad(COSTS[cost])(start).data[0]!;
  const x = quadratic.map((_, epoch) => epoch);
  return {
    numbers: {
      first: quadratic[0]!,
      quadratic: quadratic.at(-1)!,
      crossEntropy: crossEntropy.at(-1)!,
      ahead: quadratic.at(-1)! - crossEntropy.at(-1)!,
      byQuadratic: byW("quadratic"),
      byEntropy: byW("crossEntropy"),
      factor: byW("crossEntropy") / byW("quadratic"),
    },
    curves: { quadraticCurve: { x, y: quadratic }, entropyCurve: { x, y: crossEntropy } },
  };
}
