// The digit classifier of digits-model, define by run: every op runs at once, backward() goes back over
// what was recorded, and each variable takes its step.

import { fromData, noGrad, random, type Tensor, variable, zeros } from "neurite";
import { loadMnist } from "neurite/data/node";
import { lossOf, meanLoss } from "neurite/nn";

const { train, test } = await loadMnist();

/** Rows from..to of a part as (n, 784) from 0 to 1 and (n) labels. */
function batch({ x, y }: typeof train, from: number, to: number): [images: Tensor, labels: Tensor] {
  const pixels = Float32Array.from(x.data.subarray(784 * from, 784 * to), (p) => p / 255);
  return [fromData(pixels, [to - from, 784]), fromData(y.data.slice(from, to), [to - from])];
}

const [k1, k2] = random.splitKey(random.key(0)) as [random.Key, random.Key];
const w1 = variable(random.normal(k1, [784, 30], { std: Math.sqrt(2 / 784) }));
const b1 = variable(zeros([30]));
const w2 = variable(random.normal(k2, [30, 10], { std: Math.sqrt(1 / 30) }));
const b2 = variable(zeros([10]));

/** (n, 784) to (n, 10) net inputs of the softmax. */
function network(images: Tensor): Tensor {
  return images.matmul(w1).add(b1).relu().matmul(w2).add(b2);
}

const crossEntropy = lossOf({ name: "sparseCategoricalCrossentropy", fromLogits: true });

for (let epoch = 1; epoch <= 3; epoch++) {
  let total = 0;
  for (let from = 0; from < 2000; from += 20) {
    const [images, labels] = batch(train, from, from + 20);
    const loss = meanLoss(crossEntropy, labels, network(images));
    loss.backward();
    for (const p of [w1, b1, w2, b2]) {
      noGrad(() => p.assign(p.sub(p.grad!.mul(0.1))));
      p.grad = null;
    }
    total += loss.item();
  }
  console.log(`epoch ${epoch}  loss ${(total / 100).toFixed(3)}`);
}

const [images, labels] = batch(test, 0, 1000);
const right = noGrad(() => network(images).argmax(1).equal(labels).sum().item());
console.log(`unseen digits: ${right} of 1000 right`);
