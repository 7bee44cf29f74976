// Looks inside a small convolutional net that learns badly: its filters, what a digit becomes on the way through,
// which errors come back, what is wrong with it, and whether the remedy helps.

import { type Dataset, pickExamples } from "neurite/data";
import { loadMnist } from "neurite/data/node";
import {
  activationsOf,
  applyRemedy,
  backpropagationOf,
  filtersOf,
  healthOf,
} from "neurite/inspect";
import { parseRunSpec, type RunSpec } from "neurite/spec";
import { fitData, modelOf, trainRun } from "neurite/train";

const mnist = await loadMnist();
const first = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const digits: Dataset = {
  ...mnist,
  train: pickExamples(mnist.train, first(500)),
  test: pickExamples(mnist.test, first(500)),
};

const sigmoid = (units: number) => ({ kind: "dense", units, activation: "sigmoid" });
const spec = parseRunSpec({
  version: 1,
  data: { name: "mnist" },
  model: {
    layers: [
      { kind: "input", shape: [784] },
      { kind: "reshape", shape: [28, 28, 1] },
      { kind: "rescaling", scale: 1 / 255 },
      { kind: "conv2d", filters: 4, kernelSize: 7, strides: 3, activation: "sigmoid" },
      { kind: "flatten" },
      sigmoid(30),
      sigmoid(30),
      { kind: "dense", units: 10, activation: "softmax" },
    ],
  },
  loss: "sparseCategoricalCrossentropy",
  optimizer: { name: "sgd", learningRate: 0.3 },
  metrics: ["accuracy"],
  training: { epochs: 8, batchSize: 10 },
});

async function train(run: RunSpec) {
  const model = modelOf(run);
  const data = fitData(digits, model.network, run);
  const { epochs } = await trainRun(run, model, data);
  const { accuracy } = await model.evaluate(data.test.x, data.test.y);
  console.log(`accuracy on unseen digits: ${accuracy!.toFixed(3)}`);
  return { spec: run, model, data, epochs };
}

const run = await train(spec);

// The filters of the convolution, side by side: @ pulls up, . pulls down.
const { height, width, filters, values } = filtersOf(run.model)[0]!;
const most = Math.max(...Array.from(values, Math.abs));
const mark = (w: number) => [".", " ", "@"][Math.round((1.5 * w) / most) + 1];
for (let row = 0; row < height; row++) {
  const lines = Array.from({ length: filters }, (_, f) =>
    Array.from({ length: width }, (_, column) =>
      mark(values[(row * width + column) * filters + f]!),
    ).join(""),
  );
  console.log(`|${lines.join("|")}|`);
}

// One digit on its way through, and the errors on their way back.
const one = pickExamples(run.data.test, first(1));
const outputs = activationsOf(run.model, one.x);
const { layers } = backpropagationOf(run.model, one.x, one.y);
for (const { name, delta } of layers) {
  if (!delta) continue;
  const a = outputs.get(name)!;
  const size = delta.abs().mean().item().toExponential(1);
  console.log(
    `${name}  activations ${a.min().item().toFixed(2)} to ${a.max().item().toFixed(2)}, mean error ${size}`,
  );
}

const [gravest] = (await healthOf(run)).findings;
console.log(`${gravest!.says}\n${gravest!.cause}`);
const [remedy] = gravest!.remedies;
console.log(`the remedy: ${remedy!.says}`);
await train(applyRemedy(spec, gravest!, remedy!.id)!);
