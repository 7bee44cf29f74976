// What a model says of examples: class by class, and how sure it is.

import { fromData, sigmoid, softmax, type Tensor } from "neurite";
import { classScores, confusionMatrix } from "neurite/nn";
import type { Model } from "neurite/train";
import { inFloats, type LoadedData, type Rows } from "./datasets.ts";

/** Outputs for many examples. */
export interface Predictions {
  readonly count: number;
  readonly outputs: number;
  /** [count, outputs] */
  readonly values: ArrayLike<number>;
}

export async function predictRows(model: Model, x: Rows): Promise<Predictions> {
  const y = await model.predict(toTensor(inFloats(x, model.instance.dtype)));
  const [count, outputs = 1] = y.type.shape;
  return { count: count!, outputs, values: shares(model, y).data };
}

/** Outputs as probabilities where the loss takes them for something else; for scores, as good as can be. */
function shares(model: Model, y: Tensor): Tensor {
  const { predictions, logits } = model.training.losses[0]!;
  if (predictions === "logits") return logits === "softmax" ? softmax(y) : sigmoid(y);
  if (predictions !== "scores") return y;
  // A margin: -1 and 1 are as sure as targets are.
  return y.type.shape.at(-1) === 1 ? y.add(1).mul(0.5).clip(0, 1) : softmax(y);
}

export function toTensor({ dtype, shape, data }: Rows) {
  return fromData(data, shape, dtype);
}

/** Probabilities of all classes for one example; a single output is that of class 1. */
export function probabilities({ outputs, values }: Predictions, row: number): number[] {
  if (outputs === 1) return [1 - values[row]!, values[row]!];
  return Array.from({ length: outputs }, (_, c) => values[row * outputs + c]!);
}

export function largest(numbers: readonly number[]): number {
  return numbers.indexOf(Math.max(...numbers));
}

/** The right classes, however the targets are written. */
export function labelsOf({ y }: { readonly y: Rows }): number[] {
  const [count, width = 1] = y.shape;
  if (width === 1) return Array.from(y.data);
  return Array.from({ length: count! }, (_, row) =>
    largest(Array.from(y.data.subarray(row * width, (row + 1) * width))),
  );
}

export interface ClassReport {
  /** counts[right][taken for] */
  readonly counts: readonly (readonly number[])[];
  readonly scores: ReturnType<typeof classScores>;
}

export function classReport(data: LoadedData, predictions: Predictions): ClassReport {
  const { count, outputs, values } = predictions;
  const counts = confusionMatrix(
    fromData(Int32Array.from(labelsOf(data.test)), [count], "int32"),
    fromData(Float32Array.from(values), [count, outputs], "float32"),
  );
  return { counts, scores: classScores(counts) };
}
