// What a data set is trained with unless told otherwise: one run for each, and presets, which are other
// runs for it by name.

import type { RunSpecInput } from "../../spec/runspec.ts";

type Layers = Extract<RunSpecInput["model"], { layers: unknown }>["layers"];

/** A plane to one probability, through two hidden layers. */
function planeModel(units: number): { layers: Layers } {
  const hidden = { kind: "dense", units, activation: "tanh" };
  return {
    layers: [
      { kind: "input", shape: [2] },
      hidden,
      hidden,
      { kind: "dense", units: 1, activation: "sigmoid" },
    ],
  };
}

function planeRun(
  data: RunSpecInput["data"],
  { units = 8, epochs = 60, rate = 0.03 }: { units?: number; epochs?: number; rate?: number } = {},
): RunSpecInput {
  return {
    version: 1,
    data: { samples: 400, noise: 0.1, ...data },
    model: planeModel(units),
    loss: "binaryCrossentropy",
    optimizer: { name: "adam", learningRate: rate },
    metrics: ["accuracy"],
    training: { epochs, batchSize: 10 },
  };
}

function regressionRun(data: RunSpecInput["data"]): RunSpecInput {
  const [input, first, second] = planeModel(8).layers;
  return {
    ...planeRun(data),
    model: { layers: [input!, first!, second!, { kind: "dense", units: 1 }] },
    loss: "meanSquaredError",
    metrics: ["r2"],
  };
}

/** A plane to a probability for each of three classes. */
function classesRun(data: RunSpecInput["data"], units = 8): RunSpecInput {
  const [input, first, second] = planeModel(units).layers;
  return {
    ...planeRun({ classes: 3, ...data }),
    model: {
      layers: [input!, first!, second!, { kind: "dense", units: 3, activation: "softmax" }],
    },
    loss: "sparseCategoricalCrossentropy",
  };
}

/** The run for each data set, by its name, as in `neurite train mnist`. */
export const DEFAULT_RUNS: Readonly<Record<string, RunSpecInput>> = {
  mnist: {
    version: 1,
    data: { name: "mnist" },
    model: {
      layers: [
        { kind: "input", shape: [784] },
        { kind: "rescaling", scale: 1 / 255 },
        { kind: "dense", units: 100, activation: "relu", weights: "heNormal" },
        { kind: "dense", units: 10, activation: "softmax" },
      ],
    },
    loss: "sparseCategoricalCrossentropy",
    // Plain gradient descent: as good as Adam here, and a third of its work on the reference engine.
    optimizer: { name: "sgd", learningRate: 0.2 },
    metrics: ["accuracy"],
    training: { epochs: 5, batchSize: 32 },
  },
  iris: {
    version: 1,
    data: { name: "iris" },
    model: {
      layers: [
        { kind: "input", shape: [4] },
        { kind: "dense", units: 16, activation: "relu", weights: "heNormal" },
        { kind: "dense", units: 3, activation: "softmax" },
      ],
    },
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.01 },
    metrics: ["accuracy"],
    training: { epochs: 60, batchSize: 10 },
  },
  xor: {
    ...planeRun({ name: "xor" }, { epochs: 200 }),
    data: { name: "xor" },
    training: { epochs: 200, batchSize: 4 },
  },
  quadrants: planeRun({ name: "quadrants" }),
  circles: planeRun({ name: "circles" }),
  moons: planeRun({ name: "moons" }),
  spirals: planeRun({ name: "spirals" }, { units: 16, epochs: 150, rate: 0.02 }),
  gaussians: planeRun({ name: "gaussians" }, { epochs: 20 }),
  arms: classesRun({ name: "arms" }, 16),
  blobs: classesRun({ name: "blobs" }),
  rings: classesRun({ name: "rings" }),
  regressionPlane: regressionRun({ name: "regressionPlane" }),
  regressionGaussian: regressionRun({ name: "regressionGaussian" }),
  regressionWaves: regressionRun({ name: "regressionWaves" }),
};

/** Other runs by data set and name, as in `neurite train mnist --preset conv`. */
export const PRESET_RUNS: Readonly<Record<string, Readonly<Record<string, RunSpecInput>>>> = {
  mnist: { conv: convRun() },
};

/** The convolutional net of Nielsen's chapter 6, with rectified linear units. */
function convRun(): RunSpecInput {
  const bent = { activation: "relu", weights: "heNormal" };
  const rate = 0.05;
  return {
    version: 1,
    data: { name: "mnist" },
    model: {
      layers: [
        { kind: "input", shape: [28, 28, 1] },
        { kind: "rescaling", scale: 1 / 255 },
        { kind: "conv2d", filters: 20, kernelSize: 5, ...bent },
        { kind: "maxPool2d", poolSize: 2 },
        { kind: "conv2d", filters: 40, kernelSize: 5, ...bent },
        { kind: "maxPool2d", poolSize: 2 },
        { kind: "flatten" },
        { kind: "dense", units: 100, ...bent },
        { kind: "dense", units: 10, activation: "softmax" },
      ],
    },
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: rate, momentum: 0.9 },
    metrics: ["accuracy"],
    training: { epochs: 6, batchSize: 64 },
    // Not a cosine: its end would have to follow --epochs.
    schedule: { name: "exponential", rate, decay: 0.7 },
  };
}
