// Mazur's worked example of backpropagation: 2-2-2, sigmoids, half the squared error. The biases stay as they are.

import { compile, grad, mapTree, type Tensor, tensor } from "neurite";

export interface Values {
  readonly w5: number;
  readonly rate: number;
  readonly updates: number;
}

const x = tensor([0.05, 0.1], "float64");
const target = tensor([0.01, 0.99], "float64");

/** Row j holds the weights into unit j: w1 w2 / w3 w4, and w5 w6 / w7 w8. */
interface Weights {
  readonly hidden: Tensor;
  readonly output: Tensor;
}

function forward({ hidden, output }: Weights) {
  const netH = hidden.matmul(x).add(0.35);
  const h = netH.sigmoid();
  const netO = output.matmul(h).add(0.6);
  return { netH, h, netO, o: netO.sigmoid() };
}

function error(weights: Weights): Tensor<[]> {
  return target.sub(forward(weights).o).square().sum().div(2);
}

const update = compile((weights: Weights, rate: Tensor) =>
  mapTree((w, dw) => w.sub(dw.mul(rate)), weights, grad(error)(weights)),
);

const matrix = (rows: number[][]): Tensor => tensor(rows, "float64");
const list = (values: Tensor): number[] => Array.from(values.data);
const rows = (values: Tensor): number[][] => [list(values.at(0)), list(values.at(1))];

export function run({ w5, rate, updates }: Values) {
  let weights: Weights = {
    hidden: matrix([
      [0.15, 0.2],
      [0.25, 0.3],
    ]),
    output: matrix([
      [w5, 0.45],
      [0.5, 0.55],
    ]),
  };
  for (let i = 0; i < updates; i++) weights = update(weights, tensor(rate, "float64"));
  const { netH, h, netO, o } = forward(weights);
  // The chain rule for w5, factor by factor; delta is dE/dnet.
  const slope = o.mul(tensor(1, "float64").sub(o));
  const deltaO = o.sub(target).mul(slope);
  const deltaH = weights.output
    .transpose()
    .matmul(deltaO)
    .mul(h.mul(tensor(1, "float64").sub(h)));
  const gradient = grad(error)(weights);
  const byRule = gradient.output.at(0, 0).item();
  return {
    numbers: {
      error: error(weights).item(),
      o1: o.at(0).item(),
      o2: o.at(1).item(),
      w5now: weights.output.at(0, 0).item(),
      toOut: o.at(0).item() - target.at(0).item(),
      toNet: slope.at(0).item(),
      toW5: h.at(0).item(),
      product: deltaO.at(0).mul(h.at(0)).item(),
      byRule,
    },
    tables: {
      weights: [...list(weights.hidden), ...list(weights.output)].map((w, i) => [
        w,
        [...list(gradient.hidden), ...list(gradient.output)][i]!,
      ]),
    },
    net: {
      layers: [
        { a: list(x) },
        {
          w: rows(weights.hidden),
          b: [0.35, 0.35],
          z: list(netH),
          a: list(h),
          delta: list(deltaH),
        },
        { w: rows(weights.output), b: [0.6, 0.6], z: list(netO), a: list(o), delta: list(deltaO) },
      ],
    },
  };
}
