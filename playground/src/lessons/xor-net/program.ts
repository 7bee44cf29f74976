// A net with one hidden layer of sigmoid units learns exclusive or from six starts.

import { compile, grad, mapTree, random, scan, type Tensor, tensor } from "neurite";
import { gates } from "neurite/books";
import { lossOf, meanLoss } from "neurite/nn";

export interface Values {
  readonly hidden: number;
  readonly seed: number;
  readonly steps: number;
}

const ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const WANTED = gates.TRUTH.xor;
const x: Tensor = tensor(ROWS, "float64");
const y: Tensor = tensor(WANTED, "float64").reshape([4, 1]);
const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });

interface Net {
  readonly w1: Tensor;
  readonly b1: Tensor;
  readonly w2: Tensor;
  readonly b2: Tensor;
}

/** All weights and biases from N(0, 1). */
function start(hidden: number, seed: number): Net {
  const keys = random.splitKey(random.key(seed), 4);
  const draw = (i: number, shape: number[]): Tensor =>
    random.normal(keys[i]!, shape, { dtype: "float64" });
  return {
    w1: draw(0, [2, hidden]),
    b1: draw(1, [hidden]),
    w2: draw(2, [hidden, 1]),
    b2: draw(3, [1]),
  };
}

const netInput = ({ w1, b1, w2, b2 }: Net, at: Tensor): Tensor =>
  at.matmul(w1).add(b1).sigmoid().matmul(w2).add(b2);
const cost = (net: Net): Tensor<[]> => meanLoss(crossEntropy, y, netInput(net, x));

/** Gradient descent on the four rows at once, with the rate 1. */
function learner(steps: number) {
  const descend = (at: Net): [Net, Tensor] => [
    mapTree((p, dp) => p.sub(dp), at, grad(cost)(at)),
    tensor(0, "float64"),
  ];
  return compile((from: Net) => scan(descend, from, null, { length: steps })[0]);
}

export function run({ hidden, seed, steps }: Values) {
  const learn = learner(steps);
  const judge = (net: Net) => {
    const answers = Array.from(netInput(net, x).sigmoid().data);
    const right = answers.filter((a, i) => a > 0.5 === (WANTED[i] === 1)).length;
    const loss = cost(net).item();
    // Solved: the loss is on its way to 0, not to ln 2 / 2.
    return { answers, right, loss, solved: loss < 0.1 };
  };
  const all = [0, 1, 2, 3, 4, 5].map((one) => judge(learn(start(hidden, one))));
  const net = learn(start(hidden, seed));
  const { answers, right, loss } = judge(net);
  return {
    numbers: { solved: all.filter((one) => one.solved).length, right, loss },
    tables: {
      seeds: all.map((one, i) => [i, one.loss]),
      truth: ROWS.map(([p, q], i) => [p, q, WANTED[i]!, answers[i]!]),
    },
    plane: planeOf(net),
  };
}

/** What the net answers on the square from -0.5 to 1.5, row by row from the top. */
function planeOf(net: Net) {
  const cells = 40;
  const at = (i: number) => -0.5 + (2 * (i + 0.5)) / cells;
  const places = Array.from({ length: cells * cells }, (_, i) => {
    return [at(i % cells), at(cells - 1 - Math.floor(i / cells))];
  });
  const values = Array.from(netInput(net, tensor(places, "float64")).sigmoid().data);
  const points = ROWS.map((row, i) => ({ x: row, y: WANTED[i]! }));
  return { cells, center: [0.5, 0.5] as const, reach: 1, values, points };
}
