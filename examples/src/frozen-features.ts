// "A neural network as a transform of features": y = g(phi(x)), where phi is learnt on digits 0 to 4 and
// then frozen, and only a logistic g on top of it learns to tell other digits apart.

import { fromData, noGrad, type Tensor } from "neurite";
import { type Examples, pickExamples } from "neurite/data";
import { loadMnist } from "neurite/data/node";
import { dense, rescaling } from "neurite/nn";
import { type Model, sequential } from "neurite/train";

const { train, test } = await loadMnist();

/** The first examples of some digits, labelled by their places in the list. */
function digits({ x, y }: Examples, which: readonly number[], count: number): Examples {
  const rows: number[] = [];
  for (let i = 0; rows.length < count; i++) if (which.includes(y.data[i]!)) rows.push(i);
  const picked = pickExamples({ x, y }, rows);
  const labels = Int32Array.from(picked.y.data, (digit) => which.indexOf(digit));
  return { x: picked.x, y: { ...picked.y, data: labels } };
}

/** The net whose hidden layer is phi. */
function makeNet() {
  return sequential(
    [784],
    rescaling(1 / 255),
    dense(10, { activation: "relu", name: "phi" }),
    dense(5, { activation: "softmax" }),
  );
}

/** phi(x) without history: nothing that is learnt on top of it can change it. */
function phi(net: Model, { x }: Examples): Tensor {
  const [w, b] = ["w", "b"].map((name) => net.state.variables.get(`params/phi/${name}`)!);
  const images: Tensor = fromData(x.data, x.shape).cast("float32").div(255);
  return noGrad(() => images.matmul(w!).add(b!).relu());
}

/** Trains a logistic head on frozen features to tell 8 from 9. @returns its accuracy on new digits */
async function headOn(net: Model): Promise<number> {
  const [seen, unseen] = [digits(train, [8, 9], 200), digits(test, [8, 9], 500)];
  const head = sequential([10], dense(1, { activation: "sigmoid" }));
  head.compile({
    loss: "binaryCrossentropy",
    optimizer: { name: "sgd", learningRate: 0.1 },
    metrics: ["accuracy"],
  });
  await head.fit(phi(net, seen), seen.y, { epochs: 10, batchSize: 10 });
  const { accuracy } = await head.evaluate(phi(net, unseen), unseen.y);
  return accuracy!;
}

const fresh = makeNet();
const learnt = makeNet();
learnt.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "sgd", learningRate: 0.1 },
});
const low = digits(train, [0, 1, 2, 3, 4], 2000);
await learnt.fit(low.x, low.y, { epochs: 3, batchSize: 20 });

const before = learnt.state.variables.get("params/phi/w")!.data;
const [onLearnt, onFresh] = [await headOn(learnt), await headOn(fresh)];
const after = learnt.state.variables.get("params/phi/w")!.data;

console.log("8 or 9, by a logistic head on 10 features, from 200 examples");
console.log(`  features learnt on 0 to 4:  ${onLearnt.toFixed(3)} right`);
console.log(`  features drawn at random:   ${onFresh.toFixed(3)} right`);
console.log(`  the features changed: ${before.some((w, i) => w !== after[i])}`);
