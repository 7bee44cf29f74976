// What pictures are learnt by unless flags say otherwise: a small convolutional network, by their size and number.

import type { LayerSpec } from "neurite/spec";
import type { RunSpecInput } from "neurite/train";
import type { PictureSize } from "../pictures/resize.ts";

export interface PictureRunOptions extends PictureSize {
  readonly data: RunSpecInput["data"];
  readonly classes: number;
  /** To train on. */
  readonly examples: number;
  /** What brings the numbers of the pictures to about 0 to 1. */
  readonly first: LayerSpec;
  readonly seed: number;
}

const RELU = { activation: "relu", weights: "heNormal" } as const;
/** Smaller pictures have nothing for a window to move over. */
const LEAST_SIDE = 6;

export function pictureRun(options: PictureRunOptions): RunSpecInput {
  const { data, height, width, channels, classes, first, examples, seed } = options;
  const side = Math.min(height, width);
  const windows = side < LEAST_SIDE ? [] : convolutions(side);
  const pace = paceFor(examples);
  return {
    version: 1,
    data,
    model: {
      layers: [
        { kind: "input", shape: [height, width, channels] },
        first,
        ...windows,
        { kind: "flatten" },
        { kind: "dropout", p: 0.25 },
        { kind: "dense", units: 64, ...RELU },
        { kind: "dense", units: classes, activation: "softmax" },
      ],
    },
    loss: "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: 0.001 },
    metrics: ["accuracy"],
    training: { epochs: pace.epochs, batchSize: pace.batchSize, ...pace.split },
    ...(pace.patience > 0 && { stopping: { patience: pace.patience, restoreBest: true } }),
    seed,
  };
}

/** Windows of 3 x 3 and pools, until maps of 4 to 8 are left; wide pictures begin with larger steps. */
function convolutions(side: number): LayerSpec[] {
  const layers: LayerSpec[] = [];
  let [left, filters] = [side, 16];
  while (left >= LEAST_SIDE && layers.length < 10) {
    layers.push(
      { kind: "conv2d", filters, kernelSize: 3, padding: "same", ...RELU },
      { kind: "maxPool2d", poolSize: 2 },
    );
    [left, filters] = [Math.floor(left / 2), Math.min(64, 2 * filters)];
  }
  return layers;
}

interface Pace {
  readonly epochs: number;
  readonly batchSize: number;
  readonly patience: number;
  readonly split: { readonly validationSplit?: number };
}

/** Few pictures need every one of them, and many passes. */
export function paceFor(examples: number): Pace {
  if (examples < 40) return { epochs: 60, batchSize: 8, patience: 0, split: {} };
  const split = { validationSplit: 0.15 };
  if (examples < 1000) return { epochs: 60, batchSize: 16, patience: 10, split };
  if (examples < 10_000) return { epochs: 30, batchSize: 32, patience: 5, split };
  return { epochs: 12, batchSize: 64, patience: 3, split: { validationSplit: 0.1 } };
}
