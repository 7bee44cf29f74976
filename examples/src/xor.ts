// Exclusive or learnt by gradient descent: two inputs, two hidden sigmoid units, one output.

import { compile, grad, mapTree, random, scan, type Tensor, tensor } from "neurite";
import { claim, showClaims } from "neurite/books";
import { lossOf, meanLoss } from "neurite/nn";

const x = tensor(
  [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  "float64",
);
const y = tensor([[0], [1], [1], [0]], "float64");

const [k1, k2] = random.splitKey(random.key(1)) as [random.Key, random.Key];
const start = {
  w1: random.normal(k1, [2, 2], { dtype: "float64" }),
  b1: tensor([0, 0], "float64"),
  w2: random.normal(k2, [2, 1], { dtype: "float64" }),
  b2: tensor([0], "float64"),
};
type Net = typeof start;

/** The net input of the output unit, (4, 2) to (4, 1). */
const netInput = ({ w1, b1, w2, b2 }: Net) => x.matmul(w1).add(b1).sigmoid().matmul(w2).add(b2);

const crossEntropy = lossOf({ name: "binaryCrossentropy", fromLogits: true });
const cost = (net: Net): Tensor<[]> => meanLoss(crossEntropy, y, netInput(net));

/** 2,000 steps of gradient descent as one compiled loop; the costs come out stacked. */
const train = compile((net: Net) => {
  const step = (at: Net): [Net, Tensor] => {
    return [mapTree((p, dp) => p.sub(dp), at, grad(cost)(at)), cost(at)];
  };
  return scan(step, net, null, { length: 2000 });
});

const [net, costs] = train(start);
for (const step of [0, 100, 300, 1000, 1999]) {
  console.log(`step ${String(step).padStart(4)}  cost ${costs.data[step]!.toFixed(4)}`);
}
const outputs = netInput(net).sigmoid();
console.log(`outputs ${Array.from(outputs.data, (a) => a.toFixed(3)).join(" ")}`);

const answers = Array.from(outputs.data, (a) => (a > 0.5 ? 1 : 0)).join(" ");
console.log(showClaims([claim("0 xor 0, 0 xor 1, 1 xor 0, 1 xor 1", "0 1 1 0", answers, 0)]));
