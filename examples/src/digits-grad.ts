// The digit classifier of digits-model as plain functions: grad() makes the gradient, compile() makes one
// program of a whole training step.

import { compile, fromData, mapTree, random, type Tensor, valueAndGrad, zeros } from "neurite";
import { loadMnist } from "neurite/data/node";
import { lossOf, meanLoss } from "neurite/nn";

const { train, test } = await loadMnist();

/** Rows from..to of a part as (n, 784) from 0 to 1 and (n) labels. */
function batch({ x, y }: typeof train, from: number, to: number): [images: Tensor, labels: Tensor] {
  const pixels = Float32Array.from(x.data.subarray(784 * from, 784 * to), (p) => p / 255);
  return [fromData(pixels, [to - from, 784]), fromData(y.data.slice(from, to), [to - from])];
}

const [k1, k2] = random.splitKey(random.key(0)) as [random.Key, random.Key];
let params = {
  w1: random.normal(k1, [784, 30], { std: Math.sqrt(2 / 784) }),
  b1: zeros([30]),
  w2: random.normal(k2, [30, 10], { std: Math.sqrt(1 / 30) }),
  b2: zeros([10]),
};
type Params = typeof params;

/** (n, 784) to (n, 10) net inputs of the softmax. */
function network({ w1, b1, w2, b2 }: Params, images: Tensor): Tensor {
  return images.matmul(w1).add(b1).relu().matmul(w2).add(b2);
}

const crossEntropy = lossOf({ name: "sparseCategoricalCrossentropy", fromLogits: true });
const cost = (net: Params, images: Tensor, labels: Tensor): Tensor<[]> =>
  meanLoss(crossEntropy, labels, network(net, images));

const step = compile((net: Params, images: Tensor, labels: Tensor): [Params, Tensor] => {
  const [loss, gradient] = valueAndGrad(cost)(net, images, labels);
  return [mapTree((p, dp) => p.sub(dp.mul(0.1)), net, gradient), loss];
});

for (let epoch = 1; epoch <= 3; epoch++) {
  let total = 0;
  for (let from = 0; from < 2000; from += 20) {
    const [next, loss] = step(params, ...batch(train, from, from + 20));
    params = next;
    total += loss.item();
  }
  console.log(`epoch ${epoch}  loss ${(total / 100).toFixed(3)}`);
}

const [images, labels] = batch(test, 0, 1000);
const right = network(params, images).argmax(1).equal(labels).sum().item();
console.log(`unseen digits: ${right} of 1000 right`);
