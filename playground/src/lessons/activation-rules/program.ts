// A 2-6-1 network learns the quadrants of exclusive or with one activation or another in its hidden layer.

import { compile, grad, mapTree, random, scan, type Tensor, tensor } from "neurite";
import { activationOf, lossOf, meanLoss } from "neurite/nn";

type Name = "relu" | "tanh" | "sin" | "step";

export interface Values {
  readonly activation: Name;
  readonly seed: number;
  readonly steps: number;
}

const [forTraining, forTesting] = random.splitKey(random.key(1)) as [random.Key, random.Key];

/** Points of the square from -1 to 1; class 1 where both coordinates have the same sign. */
function points(key: random.Key) {
  const x: Tensor = random.uniform(key, [200, 2], { low: -1, high: 1, dtype: "float64" });
  const product = x.at(":", 0).mul(x.at(":", 1)).reshape([200, 1]);
  return { x, y: product.greater(0).cast("float64") };
}

const training = points(forTraining);
const testing = points(forTesting);
const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });

interface Net {
  readonly w1: Tensor;
  readonly b1: Tensor;
  readonly w2: Tensor;
  readonly b2: Tensor;
}

function start(seed: number): Net {
  const [k1, k2] = random.splitKey(random.key(seed)) as [random.Key, random.Key];
  return {
    w1: random.normal(k1, [2, 6], { dtype: "float64" }),
    b1: tensor([0, 0, 0, 0, 0, 0], "float64"),
    w2: random.normal(k2, [6, 1], { dtype: "float64" }),
    b2: tensor([0], "float64"),
  };
}

const netInput = (name: Name, { w1, b1, w2, b2 }: Net, x: Tensor): Tensor =>
  activationOf(name).apply(x.matmul(w1).add(b1)).matmul(w2).add(b2);

/** Gradient descent on all points at once, with the rate 1. */
function train(name: Name, net: Net, steps: number): Net {
  const cost = (at: Net): Tensor<[]> =>
    meanLoss(crossEntropy, training.y, netInput(name, at, training.x));
  const descend = (at: Net): [Net, Tensor] => [
    mapTree((p, dp) => p.sub(dp), at, grad(cost)(at)),
    tensor(0, "float64"),
  ];
  return compile((from: Net) => scan(descend, from, null, { length: steps })[0])(net);
}

function accuracy(name: Name, net: Net): number {
  const isOne = netInput(name, net, testing.x).greater(0).cast("float64");
  return 1 - isOne.sub(testing.y).abs().mean().item();
}

export function run({ activation, seed, steps }: Values) {
  const first = start(seed);
  const trained = (["relu", "tanh", "sin", "step"] as const).map((name) => {
    const net = train(name, first, steps);
    const moved = Math.sqrt(net.w1.sub(first.w1).square().sum().item());
    return { name, net, right: accuracy(name, net), moved };
  });
  const chosen = trained.find(({ name }) => name === activation)!;
  const [, , sin, step] = trained as [unknown, unknown, (typeof trained)[0], (typeof trained)[0]];
  return {
    numbers: {
      right: chosen.right,
      moved: chosen.moved,
      // 1 for sin, 2 for the step, 3 for both: which of them gets 95 % of the test points right.
      learners: (sin.right >= 0.95 ? 1 : 0) + (step.right >= 0.95 ? 2 : 0),
    },
    tables: { all: trained.map(({ right, moved }) => [right, moved]) },
    plane: planeOf(activation, chosen.net),
  };
}

/** The network's answers on the square, row by row from the top, with every fourth test point. */
function planeOf(name: Name, net: Net) {
  const cells = 40;
  const at = (i: number) => -1 + (2 * (i + 0.5)) / cells;
  const places = Array.from({ length: cells * cells }, (_, i) => {
    return [at(i % cells), at(cells - 1 - Math.floor(i / cells))];
  });
  const values = Array.from(netInput(name, net, tensor(places, "float64")).sigmoid().data);
  const shown = Array.from({ length: 50 }, (_, i) => {
    const [x1, x2] = testing.x.at(4 * i).data as unknown as [number, number];
    return { x: [x1, x2] as const, y: testing.y.at(4 * i, 0).item() };
  });
  return { cells, center: [0, 0] as const, reach: 1, values, points: shown };
}
