// A run of network3.py, epoch by epoch: images in their order, steps of plain gradient descent.

import { expandShifts } from "../../../data/augment/expand.ts";
import { type Examples, pickExamples, splitExamples } from "../../../data/dataset.ts";
import { Rng } from "../../../data/random.ts";
import type { Engine } from "../../../engines/engine.ts";
import type { Shape } from "../../../ir/shape.ts";
import type { Layer } from "../../../nn/layers/layer.ts";
import type { EpochLogs } from "../../../train/callbacks/callback.ts";
import type { Model } from "../../../train/model/model.ts";
import { sequential } from "../../../train/model/sequential.ts";
import type { ModelOptions } from "../../../train/model-options.ts";
import { trainEpochByEpoch } from "../../shared/epoch-by-epoch.ts";
import { firstExamples, type Mnist } from "../../shared/mnist.ts";
import { type Network3Shape, network3Layers } from "./layers.ts";
import { MINI_BATCH, type Network3Run } from "./runs.ts";

/** Images uint8 [n, 28, 28, 1] and digits int32 [n]. */
export interface Network3Data {
  readonly train: Examples;
  readonly validation: Examples;
  readonly test: Examples;
}

const TRAINING = 50_000;
const VALIDATION = 10_000;

/**
 * The book's three parts of the digits, the first of each where fewer are wanted; expanded, they are five times as
 * many for training, shuffled once.
 */
export function network3Data(
  { train, test }: Mnist,
  { expanded }: Pick<Network3Run, "expanded">,
  most: number = TRAINING,
): Network3Data {
  const pictures = ({ x, y }: Examples): Examples => ({
    x: { ...x, shape: [x.shape[0]!, 28, 28, 1] },
    y,
  });
  const [training, validation] = splitExamples(pictures(train), [TRAINING, VALIDATION]);
  const parts = {
    train: firstExamples(training!, most),
    validation: firstExamples(validation!, most),
    test: firstExamples(pictures(test), most),
  };
  return expanded ? { ...parts, train: shuffledOnce(expandShifts(parts.train)) } : parts;
}

function shuffledOnce(examples: Examples): Examples {
  const rows = Int32Array.from({ length: examples.x.shape[0]! }, (_, row) => row);
  return pickExamples(examples, new Rng(0).shuffle(rows));
}

/** The network of a run, ready to learn. */
export function network3Model(run: Network3Settings, seed: number, engine?: Engine): Model {
  return learningModel([28, 28, 1], network3Layers(run), run, { seed, ...(engine && { engine }) });
}

/** What of a run its network follows from. */
export type Network3Settings = Network3Shape & Pick<Network3Run, "eta" | "lambda">;

/** Layers that learn as network3 does: by plain gradient descent, with its penalty. */
export function learningModel(
  inputShape: Shape,
  layers: readonly Layer[],
  { eta, lambda }: Pick<Network3Run, "eta" | "lambda">,
  options: ModelOptions,
): Model {
  const model: Model = sequential(inputShape, ...(layers as [])).with(options);
  return model.compile({
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "sgd", learningRate: eta },
    regularizer: { kind: "l2", lambda, convention: "network3" },
    metrics: ["accuracy"],
  });
}

/** What network3 reports of an epoch, in percent right. */
export interface Network3Epoch {
  /** Counted from 0. */
  readonly epoch: number;
  readonly validation: number;
  readonly test: number;
}

/** What a run goes on from, and whom it tells of each epoch. */
export interface Network3Progress {
  /** Of an earlier run of the same network. */
  readonly checkpoint?: Uint8Array | undefined;
  readonly onEpoch?: (epoch: Network3Epoch, checkpoint: () => Uint8Array) => void | Promise<void>;
}

/**
 * Trains until so many epochs are done, and gives the figures of all. Images are not shuffled.
 * @throws ArgumentError for a checkpoint of another network
 */
export async function trainNetwork3(
  model: Model,
  { train, validation, test }: Network3Data,
  epochs: number,
  { checkpoint, onEpoch }: Network3Progress = {},
): Promise<Network3Epoch[]> {
  const how = { batchSize: MINI_BATCH, shuffle: false, progress: false } as const;
  const logs = await trainEpochByEpoch(model, epochs, {
    checkpoint,
    fit: (_, until, resume) => model.fit(train.x, train.y, { ...how, epochs: until, resume }),
    judge: async () => ({
      validation: await percentRight(model, validation),
      test: await percentRight(model, test),
    }),
    ...(onEpoch && { onEpoch: (last, bytes) => onEpoch(figuresOf(last), bytes) }),
  });
  return logs.map(figuresOf);
}

function figuresOf({ epoch, validation, test }: EpochLogs): Network3Epoch {
  return { epoch, validation: validation!, test: test! };
}

/** Of all examples. */
export async function percentRight(model: Model, { x, y }: Examples): Promise<number> {
  const found = await model.evaluate(x, y);
  return 100 * (found["accuracy"] as number);
}

/** The figures that network3 prints at its end: those of the best validation accuracy, the last of equals. */
export function bestEpoch(epochs: readonly Network3Epoch[]): Network3Epoch {
  return epochs.reduce((best, one) => (one.validation >= best.validation ? one : best));
}
