// Random networks and ways to train them, for property tests: chains and branches of every kind of layer.

import fc from "fast-check";
import type { Engine } from "../engines/engine.ts";
import type { Shape } from "../ir/shape.ts";
import { sizeOf } from "../ir/shape.ts";
import {
  activityPenalty,
  addLayer,
  alphaDropout,
  avgPool1d,
  avgPool2d,
  batchNormalization,
  bidirectional,
  block,
  concatenateLayer,
  conv1d,
  conv2d,
  conv2dTranspose,
  dense,
  depthwiseConv1d,
  depthwiseConv2d,
  dropout,
  embedding,
  flatten,
  gat,
  gaussianDropout,
  gaussianNoise,
  gcn,
  globalPool,
  graphPool,
  graphSage,
  groupNormalization,
  gru,
  hopfield,
  type Layer,
  lambda,
  layerNormalization,
  lstm,
  maxout,
  maxPool1d,
  maxPool2d,
  multiHeadAttention,
  positionalEncoding,
  positionEmbedding,
  prelu,
  residual,
  rmsNormalization,
  separableConv1d,
  separableConv2d,
  simpleRnn,
  spatialDropout1d,
  spatialDropout2d,
  timeDistributed,
  transformerBlock,
  upsampling1d,
  upsampling2d,
  zeroPadding1d,
  zeroPadding2d,
} from "../nn/layers/index.ts";
import { chain } from "../nn/network/chain.ts";
import { network } from "../nn/network/functional.ts";
import { networkLayer } from "../nn/network/network-layer.ts";
import { connect, input, type Place } from "../nn/network/place.ts";
import type { ClipSpec, OptimizerSpec } from "../nn/optimizers/index.ts";
import type { Convention, Regularizer } from "../nn/regularizers/index.ts";
import { numbersFrom } from "../ops/samples.testing.ts";
import type { AverageSpec } from "../spec/parts.ts";
import { tensor } from "../tensor/create.ts";
import { broadcastTo } from "../tensor/operands/broadcast.ts";
import type { Model } from "./model/model.ts";
import { functionalModel } from "./model/sequential.ts";

/** What a training program is made from: it shrinks to fewer layers and smaller batches. */
export interface Recipe {
  /** Of one example: features, [steps, features] or [height, width, channels]. */
  readonly shape: Shape;
  /** One layer, or two beside each other, for each seed. */
  readonly layers: readonly number[];
  readonly outputs: number;
  readonly batch: number;
  readonly optimizer: OptimizerSpec;
  readonly loss: "meanSquaredError" | "huber" | "binaryCrossentropy";
  readonly regularizer: Regularizer | null;
  readonly clip: ClipSpec | null;
  readonly averageWeights: AverageSpec | null;
  /** Parts of which each step adds up the gradients. */
  readonly accumulate: number;
  readonly dtype: "float32" | "float64";
  readonly seed: number;
}

const CONVENTIONS: readonly Convention[] = ["network2", "network3", "nndl", "playground", "keras"];
const length = fc.integer({ min: 1, max: 6 });

/** @param most layers, or pairs of them, one behind the other */
export const randomTraining = (most: number): fc.Arbitrary<Recipe> =>
  fc.record({
    shape: fc.oneof(
      fc.tuple(length),
      { weight: 3, arbitrary: fc.tuple(length, fc.integer({ min: 1, max: 3 })) },
      fc.tuple(length, length, fc.integer({ min: 1, max: 3 })),
    ),
    layers: fc.array(fc.nat(), { minLength: 1, maxLength: most, size: "max" }),
    outputs: fc.integer({ min: 1, max: 8 }),
    batch: fc.constantFrom(1, 2, 3, 8, 32),
    optimizer: fc.constantFrom<OptimizerSpec[]>(
      "sgd",
      { name: "sgd", learningRate: 0.05, momentum: 0.9 },
      { name: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
      "adam",
      "adamW",
      "rmsProp",
      "adagrad",
      "adadelta",
      "nadam",
      "radam",
      { name: "lion", learningRate: 1e-3, weightDecay: 0.1, decayOn: "weights" },
    ),
    loss: fc.constantFrom("meanSquaredError", "huber", "binaryCrossentropy"),
    regularizer: fc.option(
      fc.record({
        kind: fc.constantFrom("l1", "l2"),
        lambda: fc.constantFrom(0.01, 0.001),
        convention: fc.constantFrom(...CONVENTIONS),
      }),
    ),
    clip: fc.option(fc.constantFrom({ value: 0.1 }, { norm: 0.5 }, { globalNorm: 0.5 })),
    averageWeights: fc.option(
      fc.constantFrom<AverageSpec[]>({ kind: "ema", decay: 0.9 }, { kind: "swa", start: 2 }),
    ),
    accumulate: fc.constantFrom(1, 1, 2, 3),
    dtype: fc.constantFrom("float32", "float64"),
    seed: fc.nat(1000),
  });

const ACTIVATIONS = [
  "tanh",
  "sigmoid",
  "relu",
  "elu",
  "softplus",
  "gelu",
  "silu",
  "linear",
] as const;

/** The model of a recipe, compiled; every call gives the same. */
export function modelOn(engine: Engine, recipe: Recipe): Model {
  const start = input(recipe.shape);
  const last = recipe.layers.reduce(grown, start);
  const activation = recipe.loss === "binaryCrossentropy" ? "sigmoid" : "linear";
  const flat = last.shape.length > 1 ? connect(flatten(), last) : last;
  const end = connect(dense(recipe.outputs, { activation }), flat);
  const { dtype, seed, loss, optimizer, regularizer, clip, averageWeights } = recipe;
  return functionalModel(network([start], [end]), { engine, dtype, seed }).compile({
    loss,
    optimizer,
    ...(regularizer && { regularizer }),
    ...(clip && { clip }),
    ...(averageWeights && { averageWeights }),
  });
}

/** The network so far with one more layer, or with two that read the same and are joined. */
function grown(before: Place, seed: number): Place {
  const draw = numbersFrom(seed);
  const from = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!;
  const isBranched = draw() < 0.25;
  const one = layerFor(before.shape, from, draw);
  if (!isBranched || one.kind === "flatten") return connect(one, before);
  // As bidirectional networks are made: what reads the same, perhaps the other way round, side by side.
  const other = layerFor(before.shape, from, draw);
  const [a, b] = [connect(one, before), connect(other, before)];
  if (String(a.shape) === String(b.shape) && draw() < 0.5) return connect(addLayer(), a, b);
  const fits = String(a.shape.slice(0, -1)) === String(b.shape.slice(0, -1));
  if (fits) return connect(concatenateLayer(), a, b);
  const [flatA, flatB] = [a, b].map((place) => connect(flatten(), place)) as [Place, Place];
  return connect(concatenateLayer(), flatA, flatB);
}

const spatial = () => spatialDropout1d(0.4);

/** A graph layer on a ring, each step of a sequence a node, the last edge padding. */
function onRing([nodes]: Shape, layer: Layer): Layer {
  const ends = Array.from({ length: nodes! }, (_, i) => i);
  const edges = [
    [...ends, -1],
    [...ends.map((i) => (i + 1) % nodes!), -1],
  ];
  const shape = [2, nodes! + 1];
  return {
    ...layer,
    spec: null,
    alsoReads: [],
    outputShape: (input) => layer.outputShape(input, shape),
    apply: (variables, x, told) => {
      const also = [broadcastTo(tensor([edges], "int32"), [x.type.shape[0]!, ...shape])];
      return layer.apply(variables, x, { ...told, also });
    },
  };
}

function layerFor(shape: Shape, from: <T>(list: readonly T[]) => T, draw: () => number): Layer {
  const units = from([1, 2, 3, 8, 16]);
  const activation = from(ACTIVATIONS);
  // Numbers that hardly differ are not blown up: the engines round them differently.
  const epsilon = 0.1;
  const trainable = draw() < 0.8;
  const any: (() => Layer)[] = [
    () => dropout(from([0.1, 0.5])),
    () => from([gaussianNoise, gaussianDropout, alphaDropout])(0.2),
    () => activityPenalty({ l1: 0.01, l2: 0.01 }),
    () => prelu({ trainable }),
    () => batchNormalization({ epsilon, trainable }),
    () => layerNormalization({ epsilon }),
    () => groupNormalization(1, { epsilon }),
    () => rmsNormalization({ epsilon }),
  ];
  if (shape.length === 1) {
    const layers = [
      () => dense(units, { activation, trainable }),
      () => maxout(units, { pieces: 2 }),
      () => block([dense(units, { activation, trainable }), dense(from([2, 5]))]),
      () => residual([dense(units, { activation })], { shortcut: dense(units, { bias: false }) }),
      () => networkLayer(chain(shape, [dense(units, { activation }), dense(units, { trainable })])),
    ];
    const indices = lambda((x) => x.mul(2).floor().clip(0, 3));
    const more = [
      () => hopfield(from([2, 3]), { beta: 0.5 }),
      () => block([indices, embedding(4, from([1, 2, 5]))]),
    ];
    return from([...layers, ...layers, ...more, ...any])();
  }
  const most = sizeOf(shape) > 400 ? 1 : shape.length;
  if (most === 1) return flatten();
  if (shape.length === 2) {
    const options = { returnSequences: draw() < 0.7, goBackwards: draw() < 0.3 };
    const cells = [
      () => simpleRnn(units, options),
      () => gru(units, options),
      () => lstm(units, options),
    ];
    const kernelSize = from([1, 2, 3]);
    const conv = () => conv1d(units, kernelSize, { padding: from(["same", "causal"]), activation });
    const wrapped = [
      () => timeDistributed(dense(units, { activation, trainable })),
      () => bidirectional(from(cells)(), { merge: from(["concat", "sum", "mul", "mean"]) }),
      () => block([lambda((x) => x.mul(0.5)), from(cells)()]),
      () => residual([layerNormalization({ epsilon }), dense(shape[1]!, { activation })]),
      () => transformerBlock(1, { hidden: units, causal: draw() < 0.5, epsilon }),
      () => onRing(shape, from([gcn, graphSage, gat])(units, { activation })),
      () => onRing(shape, graphSage(units, { aggregate: from(["sum", "max"]) })),
      () => depthwiseConv1d(kernelSize, { padding: "same", activation }),
      () => separableConv1d(units, kernelSize, { padding: "same" }),
      () => from([maxPool1d, avgPool1d])(2, { padding: "same" }),
      () => from([upsampling1d, zeroPadding1d, spatial])(from([1, 2])),
      () => graphPool(from(["mean", "sum", "max"])),
      () => multiHeadAttention(1, { headSize: from([1, 4]) }),
      () => positionEmbedding(),
      positionalEncoding,
    ];
    return from([...cells, ...cells, ...wrapped, conv, flatten, ...any])();
  }
  const kernelSize = from([1, 2, 3]);
  const padding = "same";
  return from([
    () => conv2d(from([1, 2, 4]), kernelSize, { padding, activation }),
    () => conv2d(from([1, 2, 4]), kernelSize, { padding, strides: 2 }),
    () => maxPool2d(2, { padding }),
    () => avgPool2d(2, { padding }),
    () => depthwiseConv2d(kernelSize, { padding, activation }),
    () => separableConv2d(from([1, 2, 4]), kernelSize, { padding }),
    () => conv2dTranspose(from([1, 2]), kernelSize, { padding, strides: from([1, 2]) }),
    () => from([upsampling2d, zeroPadding2d])(from([1, 2])),
    () => spatialDropout2d(0.4),
    () => globalPool("average"),
    flatten,
    ...any,
  ])();
}
