// A training loop of one's own that adds up the gradients of four parts of a batch before it steps: what fits in
// the memory of a part trains as the whole batch would.

import { compile, fromData, random, type Tensor, Variable, valueAndGrad, zerosLike } from "neurite";
import { pickExamples } from "neurite/data";
import { loadMnist } from "neurite/data/node";
import { lossOf, meanLoss } from "neurite/nn";

const [PARTS, SIZE, RATE] = [4, 25, 0.5];
const { train } = await loadMnist();
const rows = Int32Array.from({ length: 2000 }, (_, i) => i);
const digits = pickExamples(train, rows);
const images = fromData(digits.x.data, digits.x.shape).cast("float32").div(255);
const labels = fromData(Int32Array.from(digits.y.data), digits.y.shape);

const crossEntropy = lossOf({ name: "sparseCategoricalCrossentropy", fromLogits: true });

/** A net of one hidden layer, and what it takes to train it: a step by a whole batch, or part by part. */
function makeNet() {
  const [k1, k2] = random.splitKey(random.key(1));
  const weights: readonly Variable[] = [
    new Variable(random.normal(k1, [784, 30], { std: 1 / 28 })),
    new Variable(random.normal(k2, [30, 10], { std: 0.2 })),
  ];
  const sums = weights.map((w) => new Variable(zerosLike(w), { trainable: false }));

  const cost = ([w1, w2]: readonly Tensor[], x: Tensor, y: Tensor): Tensor<[]> =>
    meanLoss(crossEntropy, y, x.matmul(w1!).tanh().matmul(w2!));
  const slopes = valueAndGrad(cost);

  return {
    weights,
    /** Down the gradient of these examples, at once. */
    step: compile((x: Tensor, y: Tensor) => {
      const [loss, gradient] = slopes(weights, x, y);
      weights.forEach((w, i) => w.assign(w.sub(gradient[i]!.mul(RATE))));
      return loss;
    }),
    /** Adds the gradient of a part to the sums; the weights stay. */
    collect: compile((x: Tensor, y: Tensor) => {
      const [loss, gradient] = slopes(weights, x, y);
      sums.forEach((sum, i) => sum.assign(sum.add(gradient[i]!)));
      return loss;
    }),
    /** Down the mean of what was collected, which begins anew. */
    update: compile(() => {
      weights.forEach((w, i) => w.assign(w.sub(sums[i]!.mul(RATE / PARTS))));
      for (const sum of sums) sum.assign(zerosLike(sum.read()));
    }),
  };
}

const [whole, parts] = [makeNet(), makeNet()];
for (let from = 0; from < rows.length; from += PARTS * SIZE) {
  const part = (begin: number, size: number) =>
    [images, labels].map((t) => t.at(`${begin}:${begin + size}`)) as [Tensor, Tensor];
  const loss = whole.step(...part(from, PARTS * SIZE));
  for (let i = 0; i < PARTS; i++) parts.collect(...part(from + i * SIZE, SIZE));
  parts.update();
  if (from % 500 === 0)
    console.log(`after ${String(from).padStart(4)} images: loss ${loss.item().toFixed(4)}`);
}

const apart = whole.weights.map((w, i) => w.sub(parts.weights[i]!).abs().max().item());
console.log(`weights of the two nets differ by less than 1e-6: ${Math.max(...apart) < 1e-6}`);
const programs = [whole.step, parts.collect, parts.update].map((program) => program.cached());
console.log(`programs compiled: ${programs.join(", ")}`);
