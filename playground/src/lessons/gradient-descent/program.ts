// Gradient descent on C = v1^2 + v2^2: what the first step promises, and what it and later ones bring.

import { compile, grad, type Tensor, tensor } from "neurite";

export interface Values {
  readonly v1: number;
  readonly v2: number;
  readonly eta: number;
  readonly steps: number;
}

const cost = (v: Tensor): Tensor<[]> => v.square().sum();
const gradient = grad(cost);
const descend = compile((v: Tensor, eta: Tensor) => v.sub(gradient(v).mul(eta)));

export function run({ v1, v2, eta, steps }: Values) {
  const start = tensor([v1, v2], "float64") as Tensor;
  const rate = tensor(eta, "float64");
  const path = [start];
  for (let i = 0; i < steps; i++) path.push(descend(path.at(-1)!, rate));
  const costs = path.map((v) => cost(v).item());
  const squaredNorm = gradient(start).square().sum().item();
  return {
    numbers: {
      begin: costs[0]!,
      promised: -eta * squaredNorm,
      real: cost(descend(start, rate)).item() - costs[0]!,
      after: costs.at(-1)!,
    },
    curves: { costs: { x: costs.map((_, i) => i), y: costs } },
    surface: {
      of: { kind: "expression" as const, text: "v1^2 + v2^2" },
      u: [-2, 2] as const,
      v: [-2, 2] as const,
      path: {
        u: path.map((v) => v.at(0).item()),
        v: path.map((v) => v.at(1).item()),
        height: costs,
      },
    },
    tables: { path: path.slice(0, 11).map((v, i) => [...v.data, costs[i]!]) },
  };
}
