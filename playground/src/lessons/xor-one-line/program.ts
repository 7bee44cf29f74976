// One perceptron at exclusive or, and the logistic unit that learns it as well as one line can.

import { compile, grad, mapTree, type Tensor, tensor } from "neurite";
import { gates, perceptron } from "neurite/books";
import { lossOf, meanLoss } from "neurite/nn";

export interface Values {
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
  readonly steps: number;
}

const ROWS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const WANTED = gates.TRUTH.xor;
const x = tensor(ROWS, "float64");
const y = tensor(
  WANTED.map((bit) => [bit]),
  "float64",
);

interface Unit {
  readonly w: Tensor;
  readonly b: Tensor;
}

const netInput = ({ w, b }: Unit) => x.matmul(w).add(b);
const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });
const cost = (unit: Unit): Tensor<[]> => meanLoss(crossEntropy, y, netInput(unit));
/** One step of gradient descent, with the rate 1, on all four rows at once. */
const descend = compile((unit: Unit) => mapTree((p, dp) => p.sub(dp), unit, grad(cost)(unit)));

/** Every perceptron with whole weights and bias from -4 to 4: the most rows that any of them has right. */
const best = gates.bestOnXor(gates.wholePerceptrons(4));

export function run({ w1, w2, b, steps }: Values) {
  let unit: Unit = { w: tensor([[w1], [w2]], "float64"), b: tensor([b], "float64") };
  for (let i = 0; i < steps; i++) unit = descend(unit);
  const [v1, v2] = unit.w.data as unknown as [number, number];
  const bias = unit.b.data[0]!;
  const line = { weights: [v1, v2], bias };
  const answers = ROWS.map((row) => perceptron.fire(line, row));
  const outputs = netInput(unit).sigmoid().data;
  return {
    numbers: {
      right: answers.filter((a, i) => a === WANTED[i]).length,
      best,
      loss: cost(unit).item(),
    },
    tables: {
      truth: ROWS.map(([p, q], i) => [p, q, WANTED[i]!, answers[i]!, outputs[i]!]),
    },
    plane: planeOf(v1, v2, bias),
  };
}

/** What the logistic unit answers on the square from -0.5 to 1.5, row by row from the top. */
function planeOf(w1: number, w2: number, b: number) {
  const cells = 40;
  const at = (i: number) => -0.5 + (2 * (i + 0.5)) / cells;
  const places = Array.from({ length: cells * cells }, (_, i) => {
    return [at(i % cells), at(cells - 1 - Math.floor(i / cells))];
  });
  const w = tensor([[w1], [w2]], "float64");
  const values = Array.from(tensor(places, "float64").matmul(w).add(b).sigmoid().data);
  const points = ROWS.map((x, i) => ({ x, y: WANTED[i]! }));
  return { cells, center: [0.5, 0.5] as const, reach: 1, values, points };
}
