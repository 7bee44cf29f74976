// Runs the programs of kerasCodeOf() and torchCodeOf() and compares what they print with what the library predicts.
// usage: node scripts/python-code.mjs PYTHON, of an environment with keras, jax, torch, numpy and safetensors.
// Needs a build. A test keeps the programs' text; this says that the text is right.

import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { random, tensor } from "neurite";
import { kerasCodeOf, torchCodeOf } from "neurite/code";
import { modelOf, saveModel } from "neurite/train";

const [python = "python3"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "neurite-python-"));
const base = {
  version: 1,
  data: { name: "moons" },
  optimizer: { name: "sgd", learningRate: 0.1 },
  training: { epochs: 30, batchSize: 10 },
  seed: 3,
};
const input = (...shape) => ({ kind: "input", shape });
const dense = (units, activation, more = {}) => ({ kind: "dense", units, activation, ...more });

const ACTIVATIONS = [
  "sigmoid",
  "hardSigmoid",
  "tanh",
  "hardTanh",
  "relu",
  "relu6",
  "leakyRelu",
  "elu",
  "celu",
  "selu",
  "softplus",
  "softsign",
  "logSigmoid",
  "gelu",
  { name: "gelu", approximate: true },
  "silu",
  "hardSilu",
  "mish",
  "sin",
  "step",
  "softmax",
  "logSoftmax",
  { name: "elu", alpha: 0.5 },
];

const scale = { mean: 0.1, deviation: 0.5 };
const COLUMNS = [
  { name: "age", type: "number", ...scale, missing: 0.2, indicator: true },
  { name: "fare", type: "number", ...scale, missing: 0, indicator: false },
  { name: "city", type: "category", values: ["a", "b", "c"], encoding: "oneHot" },
  { name: "size", type: "category", values: ["S", "M", "L"], encoding: "ordinal" },
  { name: "born", type: "date", parts: [{ part: "month", ...scale }] },
  { name: "note", type: "text", words: ["good", "bad"] },
];

/** Gaps, and categories that are and are not among the values. */
const ROWS = Array.from({ length: 7 }, (_, i) => [
  i % 3 === 0 ? Number.NaN : i / 4,
  i === 2 ? Number.NaN : 1 - i / 5,
  (i % 4) - (i === 3 ? 4 : 0),
  (i % 5) - 1,
  i === 4 ? Number.NaN : i,
  i % 2,
  i === 5 ? 3 : 0,
]);

const RUNS = {
  table: {
    x: ROWS,
    model: {
      layers: [
        input(7),
        { kind: "tableFeatures", columns: COLUMNS },
        { kind: "normalization", mean: 0.5, variance: 2 },
        dense(4, "tanh"),
        { kind: "discretization", boundaries: [-0.5, 0, 0.5] },
        { kind: "categoryEncoding", categories: 4, encoding: "count" },
        dense(1, "sigmoid"),
      ],
    },
    loss: "binaryCrossentropy",
  },
  xor: {
    model: { layers: [input(2), dense(2, "tanh"), dense(1, "sigmoid")] },
    loss: "binaryCrossentropy",
  },
  activations: {
    model: {
      layers: [input(3), ...ACTIVATIONS.map((activation) => dense(4, activation)), dense(2)],
    },
    loss: "quadratic",
  },
  images: {
    model: {
      layers: [
        input(9, 8, 2),
        { kind: "rescaling", scale: 0.5, offset: 1 },
        {
          kind: "conv2d",
          filters: 4,
          kernelSize: 3,
          padding: "same",
          strides: 2,
          activation: "relu",
        },
        { kind: "batchNormalization" },
        {
          kind: "conv2d",
          filters: 3,
          kernelSize: [2, 3],
          dilation: [1, 2],
          padding: "same",
          bias: false,
        },
        { kind: "maxPool2d", poolSize: 2, strides: 1, padding: "same" },
        { kind: "avgPool2d", poolSize: 2 },
        { kind: "dropout", p: 0.3 },
        { kind: "flatten" },
        { kind: "activation", activation: "tanh" },
        { kind: "reshape", shape: [2, 6] },
        { kind: "flatten" },
        dense(3, "softmax", { bias: false }),
      ],
    },
    loss: "sparseCategoricalCrossentropy",
    regularizer: { kind: "l2", lambda: 0.1, convention: "network2" },
    optimizer: { name: "adam" },
  },
};

let worst = 0;
for (const [name, { x: rows, ...part }] of Object.entries(RUNS)) {
  const run = { ...base, ...part };
  const model = modelOf(run);
  const shape = run.model.layers[0].shape;
  const x = rows ? tensor(rows) : random.normal(random.key(1), [7, ...shape]);
  const expected = [...(await model.predict(x)).data];
  const width = expected.length / 7;
  const y = run.loss.startsWith("sparse")
    ? [[0], [1], [2], [0], [1], [2], [0]]
    : Array(7).fill(Array(width).fill(0));
  const size = x.data.length / 7;
  const head = [...Array(size).keys()]
    .map((i) => `x${i + 1}`)
    .concat(y[0].map((_, i) => `y${i + 1}`));
  const lines = y.map((targets, i) =>
    [...x.data.slice(i * size, (i + 1) * size), ...targets].join(","),
  );
  writeFileSync(join(folder, "examples.csv"), `${[head.join(","), ...lines].join("\n")}\n`);
  writeFileSync(join(folder, "model.safetensors"), saveModel(model));
  for (const [framework, codeOf] of Object.entries({ keras: kerasCodeOf, torch: torchCodeOf })) {
    writeFileSync(join(folder, `by_${framework}.py`), codeOf(run));
    const said = (...args) => {
      const { stdout, stderr, status } = spawnSync(
        python,
        [`by_${framework}.py`, "examples.csv", ...args],
        { cwd: folder, encoding: "utf8" },
      );
      if (status !== 0) throw new Error(`${name}, ${framework}:\n${stderr}`);
      return stdout.trim();
    };
    const numbers = said("model.safetensors").split(/\s+/).map(Number);
    const furthest = Math.max(...numbers.map((a, i) => Math.abs(a - expected[i])));
    if (numbers.length !== expected.length || !(furthest < 1e-5))
      throw new Error(`${name}, ${framework}: off by ${furthest}`);
    worst = Math.max(worst, furthest);
    const [, loss] = /^loss (\S+)/.exec(said());
    console.log(
      `${name.padEnd(12)} ${framework.padEnd(6)} furthest ${furthest.toExponential(1)}, trained to loss ${Number(loss).toPrecision(4)}`,
    );
  }
}
console.log(`all within ${worst.toExponential(1)}`);
