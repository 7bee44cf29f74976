// A small digit classifier by the model API. digits-grad and digits-backward write the same one out.

import { pickExamples } from "neurite/data";
import { loadMnist } from "neurite/data/node";
import { dense, rescaling } from "neurite/nn";
import { sequential } from "neurite/train";

const { train, test } = await loadMnist();
const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const digits = pickExamples(train, first(3000));
const unseen = pickExamples(test, first(1000));

const model = sequential(
  [784],
  rescaling(1 / 255),
  dense(30, { activation: "relu" }),
  dense(10, { activation: "softmax" }),
);
model.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "sgd", learningRate: 0.1 },
  metrics: ["accuracy"],
});
const { epochs } = await model.fit(digits.x, digits.y, { epochs: 3, batchSize: 20 });
for (const { epoch, loss, accuracy } of epochs) {
  console.log(`epoch ${epoch + 1}  loss ${loss!.toFixed(3)}  accuracy ${accuracy!.toFixed(3)}`);
}
const { accuracy } = await model.evaluate(unseen.x, unseen.y);
console.log(`unseen digits: accuracy ${accuracy!.toFixed(3)}`);
