// What a table is trained with unless flags say otherwise: a small network, by how many rows there are.

import type { ColumnSpec, LayerSpec } from "neurite/spec";
import type { RunSpecInput } from "neurite/train";
import type { TableFile } from "../sources/table-spec.ts";

export interface TableRunOptions {
  readonly name: string;
  readonly file: TableFile;
  readonly columns: readonly ColumnSpec[];
  /** Numbers that a row is for the model. */
  readonly width: number;
  /** To train on. */
  readonly rows: number;
  readonly testFraction: number;
  readonly seed: number;
}

export function tableRun(options: TableRunOptions): RunSpecInput {
  const { name, file, columns, width, rows, testFraction, seed } = options;
  const size = sizeFor(rows);
  const hidden = size.hidden.map(
    (units): LayerSpec => ({ kind: "dense", units, activation: "relu", weights: "heNormal" }),
  );
  return {
    version: 1,
    data: { name, file, testFraction, seed },
    model: {
      layers: [
        { kind: "input", shape: [width] },
        { kind: "tableFeatures", columns },
        ...hidden,
        outputFor(file),
      ],
    },
    loss: lossFor(file),
    optimizer: { name: "adam", learningRate: size.rate },
    metrics: file.classes ? ["accuracy"] : ["r2"],
    regularizer: { kind: "l2", lambda: size.lambda, convention: "keras" },
    training: {
      epochs: size.epochs,
      batchSize: size.batch,
      validationSplit: size.split,
    },
    stopping: { patience: size.patience, restoreBest: true },
    seed,
  };
}

function outputFor({ classes }: TableFile): LayerSpec {
  if (!classes) return { kind: "dense", units: 1 };
  if (classes.length === 2) return { kind: "dense", units: 1, activation: "sigmoid" };
  return { kind: "dense", units: classes.length, activation: "softmax" };
}

function lossFor({ classes }: TableFile): string {
  if (!classes) return "meanSquaredError";
  return classes.length === 2 ? "binaryCrossentropy" : "sparseCategoricalCrossentropy";
}

export interface Size {
  readonly hidden: readonly number[];
  readonly rate: number;
  readonly batch: number;
  readonly epochs: number;
  readonly patience: number;
  readonly lambda: number;
  readonly split: number;
}

/** Few rows are soon learnt by heart: a small network, held back by its penalty and stopped early. */
export function sizeFor(rows: number): Size {
  if (rows < 1_000) {
    return {
      hidden: [64],
      rate: 0.002,
      batch: 16,
      epochs: 300,
      patience: 25,
      lambda: 3e-3,
      split: 0.15,
    };
  }
  if (rows < 20_000) {
    return {
      hidden: [64, 32],
      rate: 0.003,
      batch: 32,
      epochs: 100,
      patience: 12,
      lambda: 1e-4,
      split: 0.15,
    };
  }
  if (rows < 200_000) {
    return {
      hidden: [64, 32],
      rate: 0.002,
      batch: 128,
      epochs: 40,
      patience: 5,
      lambda: 1e-5,
      split: 0.1,
    };
  }
  return {
    hidden: [64],
    rate: 0.002,
    batch: 512,
    epochs: 12,
    patience: 2,
    lambda: 1e-6,
    split: 0.05,
  };
}
