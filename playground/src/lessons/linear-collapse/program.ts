// Networks without bends are one layer: products of whole numbers, and a disc in a ring that no line parts.

import { compile, grad, mapTree, random, scan, type Tensor, tensor } from "neurite";
import { linearCollapse } from "neurite/books";
import { activationOf, lossOf, meanLoss } from "neurite/nn";

type Name = "linear" | "tanh" | "relu";

export interface Values {
  readonly activation: Name;
  readonly hidden: number;
  readonly steps: number;
}

const { x, y } = linearCollapse.rings();
const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });

type Layer = { readonly w: Tensor; readonly b: Tensor };

/** So many hidden layers of 8 units each, and one output. */
function start(hidden: number): Layer[] {
  const sizes = [2, ...Array.from({ length: hidden }, () => 8), 1];
  return sizes.slice(1).map((units, l) => ({
    w: random.normal(random.key(l + 1), [sizes[l]!, units], { std: 0.5, dtype: "float64" }),
    b: tensor(Array(units).fill(0), "float64"),
  }));
}

function netInput(name: Name, net: readonly Layer[], at: Tensor): Tensor {
  const bend = activationOf(name);
  return net.reduce((a, { w, b }, l) => (l === 0 ? a : bend.apply(a)).matmul(w).add(b), at);
}

/** Gradient descent on all points at once, with the rate 0.3. */
function train(name: Name, hidden: number, steps: number): Layer[] {
  const cost = (net: Layer[]): Tensor<[]> => meanLoss(crossEntropy, y, netInput(name, net, x));
  const descend = (net: Layer[]): [Layer[], Tensor] => [
    mapTree((p, dp) => p.sub(dp.mul(0.3)), net, grad(cost)(net)),
    tensor(0, "float64"),
  ];
  return compile((net: Layer[]) => scan(descend, net, null, { length: steps })[0])(start(hidden));
}

function accuracy(name: Name, net: readonly Layer[]): number {
  const isOne = netInput(name, net, x).greater(0).cast("float64");
  return 1 - isOne.sub(y).abs().mean().item();
}

export function run({ activation, hidden, steps }: Values) {
  const one = accuracy("linear", train("linear", 0, steps));
  const net = train(activation, hidden, steps);
  const right = accuracy(activation, net);
  // Whole numbers multiply without rounding: four linear layers against the product of their matrices.
  const whole = linearCollapse.wholeNet([3, 6, 5, 4, 2], 1);
  const inputs = linearCollapse.wholeNet([8, 3], 2).weights[0]!;
  return {
    numbers: {
      one,
      right,
      better: right - one,
      difference: linearCollapse.difference(whole, inputs),
    },
    plane: planeOf(activation, net),
  };
}

/** The network's answers on the square, row by row from the top, and every fourth point. */
function planeOf(name: Name, net: readonly Layer[]) {
  const [cells, reach] = [40, 6];
  const at = (i: number) => reach * ((2 * (i + 0.5)) / cells - 1);
  const places = Array.from({ length: cells * cells }, (_, i) => {
    return [at(i % cells), at(cells - 1 - Math.floor(i / cells))];
  });
  const values = Array.from(netInput(name, net, tensor(places, "float64")).sigmoid().data);
  const points = Array.from({ length: 50 }, (_, i) => {
    const [x1, x2] = x.at(4 * i).data as unknown as [number, number];
    return { x: [x1, x2] as const, y: y.at(4 * i, 0).item() };
  });
  return { cells, center: [0, 0] as const, reach, values, points };
}
