// What `neurite train <data>` does unless told otherwise: one run for each data set.

import type { RunSpecInput } from "neurite/train";

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

export const DEFAULTS: Readonly<Record<string, RunSpecInput>> = {
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
  xor: planeRun({ name: "xor" }),
  circles: planeRun({ name: "circles" }),
  moons: planeRun({ name: "moons" }),
  spirals: planeRun({ name: "spirals" }, { units: 16, epochs: 150, rate: 0.02 }),
  gaussians: planeRun({ name: "gaussians" }, { epochs: 20 }),
  regressionPlane: regressionRun({ name: "regressionPlane" }),
  regressionGaussian: regressionRun({ name: "regressionGaussian" }),
};
