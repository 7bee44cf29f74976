// A small convolutional digit classifier, read as in Keras, and what its filters make of a digit.

import { pickExamples } from "neurite/data";
import { loadMnist } from "neurite/data/node";
import { activationsOf } from "neurite/inspect";
import { conv2d, dense, flatten, maxPool2d, rescaling, reshapeLayer } from "neurite/nn";
import { sequential } from "neurite/train";

const { train, test } = await loadMnist();
const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const digits = pickExamples(train, first(400));
const unseen = pickExamples(test, first(100));

const model = sequential([
  reshapeLayer([28, 28, 1], { inputShape: [784] }), // bytes, until they are scaled
  rescaling(1 / 255),
  conv2d(6, 5, { strides: 2, activation: "relu", weights: "heNormal" }),
  conv2d(12, 3, { activation: "relu", weights: "heNormal" }),
  maxPool2d(2),
  flatten(),
  dense(10, { activation: "softmax" }),
]);
model.compile({
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "adam", learningRate: 0.005 },
  metrics: ["accuracy"],
});
const { epochs } = await model.fit(digits.x, digits.y, { epochs: 4, batchSize: 20 });

console.log(model.summary());
for (const { epoch, loss, accuracy } of epochs) {
  console.log(`epoch ${epoch + 1}  loss ${loss!.toFixed(2)}  accuracy ${accuracy!.toFixed(2)}`);
}
const { accuracy } = await model.evaluate(unseen.x, unseen.y);
console.log(`unseen digits: accuracy ${accuracy!.toFixed(2)}`);

// What each filter of the first convolution makes of an unseen digit: its map, 12 x 12.
const digit = pickExamples(test, first(1)).x;
const maps = activationsOf(model, digit).get("conv2d1")!;
const levels = " .:*#";
const top = maps.max().item();
for (let row = 0; row < 12; row++) {
  const values = maps.at(0, row).transpose().toArray() as number[][]; // [channel, column]
  const lines = values.map((line) =>
    line.map((value) => levels[Math.round((4 * value) / top)]).join(""),
  );
  console.log(lines.join("|").trimEnd());
}
