// The four equations of backpropagation, BP1 to BP4, on a 2-2-2 net of sigmoids, beside automatic differentiation.

import { grad, type Tensor, tensor } from "neurite";

export interface Values {
  readonly cost: "quadratic" | "crossEntropy";
  readonly y1: number;
  readonly y2: number;
}

const matrix = (rows: number[][]): Tensor => tensor(rows, "float64");
const list = (x: Tensor): number[] => Array.from(x.data);
const one: Tensor = tensor(1, "float64");

const x = matrix([[1], [0.2]]);
const net = {
  w2: matrix([
    [0.8, -0.5],
    [0.3, 1.2],
  ]),
  b2: matrix([[0.1], [-0.2]]),
  w3: matrix([
    [1.5, -1],
    [0.4, 0.6],
  ]),
  b3: matrix([[0.2], [-0.1]]),
};

function forward({ w2, b2, w3, b3 }: typeof net) {
  const z2 = w2.matmul(x).add(b2);
  const a2 = z2.sigmoid();
  const z3 = w3.matmul(a2).add(b3);
  return { z2, a2, z3, a3: z3.sigmoid() };
}

function costOf(cost: Values["cost"], a: Tensor, y: Tensor): Tensor<[]> {
  if (cost === "quadratic") return y.sub(a).square().sum().div(2);
  return y
    .mul(a.log())
    .add(one.sub(y).mul(one.sub(a).log()))
    .sum()
    .neg();
}

export function run({ cost, y1, y2 }: Values) {
  const y = matrix([[y1], [y2]]);
  const { z2, a2, z3, a3 } = forward(net);
  const slope = (a: Tensor) => a.mul(one.sub(a));
  // BP1: at the output; in the cross-entropy the slope cancels.
  const delta3 = cost === "quadratic" ? a3.sub(y).mul(slope(a3)) : a3.sub(y);
  // BP2: the weighted sum of the errors above, times the unit's own slope.
  const delta2 = net.w3.transpose().matmul(delta3).mul(slope(a2));
  // BP3: by biases delta itself; BP4: by weights delta a^T.
  const byHand = {
    w2: delta2.matmul(x.transpose()),
    b2: delta2,
    w3: delta3.matmul(a2.transpose()),
    b3: delta3,
  };
  const automatic = grad((at: typeof net) => costOf(cost, forward(at).a3, y))(net);
  const differences = (["w2", "b2", "w3", "b3"] as const).map((name) =>
    byHand[name].sub(automatic[name]).abs().max().item(),
  );
  const sizes = list(byHand.w3.abs());
  const weights = [...list(net.w3), ...list(net.w2)];
  const found = [...list(automatic.w3), ...list(automatic.w2)];
  return {
    numbers: {
      costNow: costOf(cost, a3, y).item(),
      delta1: delta3.at(0, 0).item(),
      delta2: delta3.at(1, 0).item(),
      difference: Math.max(...differences),
      // Which weight of the output layer has the steepest slope, row by row from 1.
      largest: sizes.indexOf(Math.max(...sizes)) + 1,
    },
    tables: {
      weights: [...list(byHand.w3), ...list(byHand.w2)].map((g, i) => [weights[i]!, g, found[i]!]),
    },
    graphs: { net: graphOf(cost, y1, y2) },
    net: {
      layers: [
        { a: list(x) },
        layer(net.w2, net.b2, z2, a2, delta2),
        layer(net.w3, net.b3, z3, a3, delta3),
      ],
    },
  };
}

/** The same net, unit by unit, as one expression: its graph is walked through. */
function graphOf(cost: Values["cost"], y1: number, y2: number) {
  const unit = (l: number, j: number, inputs: readonly string[]) =>
    `z${l}_${j} = w${l}_${j}1*${inputs[0]} + w${l}_${j}2*${inputs[1]} + b${l}_${j}; a${l}_${j} = sigmoid(z${l}_${j})`;
  const costs = {
    quadratic: "(y1 - a3_1)^2/2 + (y2 - a3_2)^2/2",
    crossEntropy:
      "-(y1*log(a3_1) + (1 - y1)*log(1 - a3_1)) - (y2*log(a3_2) + (1 - y2)*log(1 - a3_2))",
  };
  const text = [
    ...[1, 2].map((j) => unit(2, j, ["x1", "x2"])),
    ...[1, 2].map((j) => unit(3, j, ["a2_1", "a2_2"])),
    `C = ${costs[cost]}`,
  ].join(";\n");
  const [x1, x2] = list(x);
  const at: Record<string, number> = { x1: x1!, x2: x2!, y1, y2 };
  for (const [l, w, b] of [
    [2, net.w2, net.b2],
    [3, net.w3, net.b3],
  ] as const) {
    for (const j of [1, 2]) {
      at[`b${l}_${j}`] = b.at(j - 1, 0).item();
      for (const i of [1, 2]) at[`w${l}_${j}${i}`] = w.at(j - 1, i - 1).item();
    }
  }
  return { text, at };
}

function layer(w: Tensor, b: Tensor, z: Tensor, a: Tensor, delta: Tensor) {
  const rows = [list(w.at(0)), list(w.at(1))];
  return { w: rows, b: list(b), z: list(z), a: list(a), delta: list(delta) };
}
