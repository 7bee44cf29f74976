// Models of every kind of layer that Keras has too, for tests and for scripts/keras-check.mjs.

import type { NetworkSpec } from "../spec/parts.ts";
import { fromData } from "../tensor/create.ts";
import { Model, networkOf, type RowsOf } from "../train/index.ts";
import { exportKeras } from "./index.ts";
import type { KerasTrainingSpec } from "./model/training.ts";

const input = (...shape: readonly number[]) => ({ kind: "input", shape });

/** Layers one after the other, as each is written by a user of this library: most is left to defaults. */
const CHAINS: Readonly<Record<string, NetworkSpec>> = {
  dense: {
    layers: [
      input(5),
      {
        kind: "dense",
        units: 4,
        activation: "selu",
        weights: "heNormal",
        biases: { name: "constant", value: 0.1 },
      },
      { kind: "activation", activation: { name: "leakyRelu", alpha: 0.1 } },
      { kind: "gaussianNoise", std: 0.1 },
      { kind: "prelu" },
      { kind: "batchNormalization", scale: false },
      { kind: "alphaDropout", p: 0.1 },
      { kind: "activityPenalty", l1: 0.01 },
      { kind: "activation", activation: { name: "elu", alpha: 0.5 } },
      { kind: "gaussianDropout", p: 0.1 },
      { kind: "dense", units: 3, activation: "softmax", bias: false },
    ],
  },
  convolution: {
    layers: [
      input(9, 8, 2),
      { kind: "rescaling", scale: 0.5 },
      {
        kind: "conv2d",
        filters: 4,
        kernelSize: [3, 2],
        padding: "same",
        activation: "relu6",
        name: "first",
      },
      {
        kind: "zeroPadding2d",
        padding: [
          [1, 0],
          [0, 2],
        ],
      },
      { kind: "maxPool2d", poolSize: 2 },
      { kind: "depthwiseConv2d", kernelSize: 2, multiplier: 2, activation: "mish" },
      { kind: "separableConv2d", filters: 3, kernelSize: 3, padding: "same", multiplier: 2 },
      { kind: "groupNormalization", groups: 3 },
      { kind: "conv2dTranspose", filters: 2, kernelSize: 3, strides: 2 },
      { kind: "upsampling2d", size: 2, interpolation: "bilinear" },
      { kind: "cropping2d", cropping: 2 },
      { kind: "avgPool2d", poolSize: 3, strides: 2, padding: "same" },
      { kind: "spatialDropout2d", p: 0.2 },
      { kind: "prelu", sharedAxes: [0, 1] },
      { kind: "globalPool", pool: "average" },
      { kind: "dense", units: 2, activation: "hardSigmoid" },
    ],
  },
  sequence: {
    layers: [
      input(6),
      { kind: "embedding", size: 9, units: 4, maskZero: true },
      {
        kind: "bidirectional",
        layer: { kind: "gru", units: 3, returnSequences: true },
        merge: "sum",
      },
      { kind: "lstm", units: 4, returnSequences: true, unitForgetBias: false },
      { kind: "timeDistributed", layer: { kind: "dense", units: 3, activation: "gelu" } },
      {
        kind: "gru",
        units: 3,
        resetAfter: false,
        returnSequences: true,
        recurrentActivation: "hardSigmoid",
      },
      { kind: "simpleRnn", units: 3, goBackwards: true },
      { kind: "dense", units: 1, activation: "sigmoid" },
    ],
  },
  steps: {
    layers: [
      input(8, 3),
      { kind: "conv1d", filters: 4, kernelSize: 3, padding: "causal" },
      { kind: "maxPool1d", poolSize: 2 },
      { kind: "multiHeadAttention", heads: 2, causal: true },
      { kind: "layerNormalization", epsilon: 1e-5, offset: false },
      { kind: "rmsNormalization" },
      {
        kind: "block",
        layers: [
          { kind: "dense", units: 5, activation: "silu" },
          { kind: "batchNormalization" },
          { kind: "dense", units: 4, trainable: false },
        ],
      },
      { kind: "depthwiseConv1d", kernelSize: 2 },
      { kind: "separableConv1d", filters: 3, kernelSize: 2, padding: "same" },
      { kind: "upsampling1d", size: 2 },
      { kind: "zeroPadding1d", padding: 1 },
      { kind: "cropping1d", cropping: [1, 0] },
      { kind: "avgPool1d", poolSize: 2 },
      { kind: "flatten" },
      { kind: "reshape", shape: [3, 3] },
      { kind: "globalPool", pool: "max" },
    ],
  },
  volume: {
    layers: [
      input(5, 4, 4, 2),
      { kind: "conv3d", filters: 2, kernelSize: [2, 1, 2], padding: "same" },
      { kind: "avgPool3d", poolSize: 2, strides: 1 },
      { kind: "maxPool3d", poolSize: [1, 2, 1] },
      { kind: "upsampling3d", size: 2 },
      { kind: "normalization", mean: [0.1, 0.2], variance: [2, 1] },
      { kind: "flatten" },
      { kind: "dropout", p: 0.5 },
      { kind: "dense", units: 2 },
    ],
  },
  branches: {
    inputs: ["x"],
    outputs: ["out"],
    nodes: [
      { kind: "input", shape: [4], id: "x", reads: [] },
      { kind: "dense", units: 3, id: "near", reads: ["x"] },
      { kind: "dense", units: 3, activation: "tanh", id: "farther", reads: ["x"] },
      { kind: "dense", units: 3, id: "far", reads: ["farther"] },
      { kind: "add", id: "sum", reads: ["near", "far"] },
      { kind: "dense", units: 3, id: "out", reads: ["sum"] },
    ],
  },
  graph: {
    inputs: ["left", "right"],
    outputs: ["out"],
    nodes: [
      { kind: "input", shape: [4, 6], id: "left", reads: [] },
      { kind: "input", shape: [4, 6], id: "right", reads: [] },
      { kind: "multiHeadAttention", heads: 3, headSize: 2, id: "ask", reads: ["left", "right"] },
      { kind: "add", id: "sum", reads: ["left", "ask"] },
      { kind: "concatenate", id: "both", reads: ["sum", "right"] },
      { kind: "globalPool", pool: "average", id: "pooled", reads: ["both"] },
      { kind: "dense", units: 2, id: "out", reads: ["pooled"] },
    ],
  },
};

const TRAINING: KerasTrainingSpec = {
  loss: { name: "binaryCrossentropy", labelSmoothing: 0.1 },
  optimizer: { name: "sgd", learningRate: 0.1, momentum: 0.9 },
  metrics: ["accuracy"],
  clip: { norm: 1 },
  regularizer: { kind: "l2", lambda: 0.01, convention: "keras" },
};

/** Names of all models. */
export const MODEL_NAMES: readonly string[] = Object.keys(CHAINS);

/** With weights that are as they are drawn, and statistics that are not at rest. */
export function modelNamed(name: string): Model {
  const model = new Model(() => networkOf(CHAINS[name]!), { seed: 3 });
  for (const [path, variable] of model.state.variables) {
    if (!path.startsWith("state/")) continue;
    const { shape } = variable.type;
    const size = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length: size }, (_, i) => 0.5 + i / size);
    variable.assign(fromData(data, shape));
  }
  return model;
}

function inputsOf(name: string, shape: readonly number[]) {
  const size = shape.reduce((a, b) => a * b, 2);
  const number = (i: number) => (name === "sequence" ? (i * i) % 9 : Math.sin(1 + 12.9898 * i));
  const data = Float32Array.from({ length: size }, (_, i) => number(i));
  return { dtype: "float32" as const, shape: [2, ...shape], data };
}

/** Files of models with one input, and what they predict. */
export async function* kerasCases(isChosen: (name: string) => boolean) {
  for (const name of MODEL_NAMES) {
    const model = modelNamed(name);
    if (!isChosen(name)) continue;
    const inputs = model.network.inputShapes.map((shape) => inputsOf(name, shape));
    const [outputs] = await model.predictAll(inputs as RowsOf);
    const files = {
      keras: exportKeras(model, { training: TRAINING }),
      h5: exportKeras(model, { format: "h5", training: TRAINING }),
    };
    yield { name, files, inputs, outputs: outputs! };
  }
}
