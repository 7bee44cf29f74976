// What rows of numbers are learnt by unless flags say otherwise: the small networks that tables get.

import type { LayerSpec } from "neurite/spec";
import type { RunSpecInput } from "neurite/train";
import { sizeFor } from "../tables/default-run.ts";

export interface VectorRunOptions {
  readonly data: RunSpecInput["data"];
  /** Of one example. */
  readonly shape: readonly number[];
  /** Null for values. */
  readonly classes: number | null;
  /** Values of an example. */
  readonly outputs: number;
  /** To train on. */
  readonly examples: number;
  readonly first: LayerSpec;
  readonly seed: number;
}

export function vectorRun(options: VectorRunOptions): RunSpecInput {
  const { data, shape, classes, outputs, examples, first, seed } = options;
  const size = sizeFor(examples);
  const hidden = size.hidden.map(
    (units): LayerSpec => ({ kind: "dense", units, activation: "relu", weights: "heNormal" }),
  );
  const last: LayerSpec =
    classes === null
      ? { kind: "dense", units: outputs }
      : { kind: "dense", units: classes, activation: "softmax" };
  return {
    version: 1,
    data,
    model: {
      layers: [
        { kind: "input", shape },
        first,
        ...(shape.length > 1 ? [{ kind: "flatten" }] : []),
        ...hidden,
        last,
      ],
    },
    loss: classes === null ? "meanSquaredError" : "sparseCategoricalCrossentropy",
    optimizer: { name: "adam", learningRate: size.rate },
    metrics: classes === null ? ["r2"] : ["accuracy"],
    regularizer: { kind: "l2", lambda: size.lambda, convention: "keras" },
    training: { epochs: size.epochs, batchSize: size.batch, validationSplit: size.split },
    stopping: { patience: size.patience, restoreBest: true },
    seed,
  };
}
