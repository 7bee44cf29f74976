// What a model says of examples: its outputs as probabilities, and the class it takes each one for.

import { expectArgument, index, instance, type Kind, object } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Examples } from "../../data/dataset.ts";
import type { NdArray } from "../../ops/define.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { add, clip, mul, sigmoid } from "../../tensor/elementwise.ts";
import { softmax } from "../../tensor/softmax.ts";
import { inputsFor, toTensor } from "../../train/batches/examples.ts";
import type { Rows } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";
import { inFloats } from "../../train/run/fit-data.ts";

/** Outputs for many examples. */
export interface Predictions {
  readonly count: number;
  /** How many numbers there are for each: one for each class, or for each value. */
  readonly outputs: number;
  /** [count, outputs] */
  readonly values: ArrayLike<number>;
}

const isRecord = (value: unknown): value is Record<string, unknown> => object.fits(value);
const isArray = (value: unknown) =>
  isRecord(value) && Array.isArray(value["shape"]) && ArrayBuffer.isView(value["data"]);

export const PREDICTIONS: Kind = {
  says: "predictions { count, outputs, values }",
  fits: (value) =>
    isRecord(value) &&
    index.fits(value["count"]) &&
    index.fits(value["outputs"]) &&
    isRecord(value["values"]),
};
export const TARGETS: Kind = {
  says: "examples with targets y, an array { dtype, shape, data }",
  fits: (value) => isRecord(value) && isArray(value["y"]),
};

/**
 * The outputs of a compiled model, as probabilities where its loss takes them for something else: logits go
 * through their activation, scores through what makes shares of them.
 * @param x examples along the first axis
 * @throws ShapeError where the model has several inputs or outputs, or examples do not fit it
 * @throws ArgumentError for a model that is not compiled
 */
export async function predictionsOf(model: Model, x: Rows): Promise<Predictions> {
  expectOneOutput("predictionsOf", model);
  const [rows] = inputsFor("predictionsOf", model.instance, x).x;
  const y = await model.predict(toTensor(inFloats(rows!, model.instance.dtype)));
  return asPredictions(model, y);
}

/** @throws ArgumentError for what is no model, ShapeError for one of several inputs or outputs */
export function expectOneOutput(where: string, model: Model): void {
  expectArgument(where, "model", model, instance("a model", Model));
  const { inputShapes, outputShapes } = model.network;
  if (inputShapes.length === 1 && outputShapes.length === 1 && outputShapes[0]!.length === 1)
    return;
  throw new ShapeError(`${where}: expected a model of one input, and one output [n]`);
}

/** @param y outputs [n, outputs] as the model gives them */
export function asPredictions(model: Model, y: Tensor): Predictions {
  const [count, outputs = 1] = y.type.shape;
  return { count: count!, outputs, values: outputShares(model, y).data };
}

/**
 * Outputs [n, outputs] of a model as probabilities, whatever its loss takes them for.
 * @throws ArgumentError for what is no compiled model, or no tensor
 */
export function outputShares(model: Model, y: Tensor): Tensor {
  expectArgument("outputShares", "model", model, instance("a model", Model));
  expectArgument("outputShares", "y", y, instance("a tensor", Tensor));
  const { predictions, logits } = model.training.losses[0]!;
  if (predictions === "logits") return logits === "softmax" ? softmax(y) : sigmoid(y);
  if (predictions !== "scores") return y;
  // A margin: -1 and 1 are as sure as targets are.
  return y.type.shape.at(-1) === 1 ? clip(mul(add(y, 1), 0.5), 0, 1) : softmax(y);
}

/**
 * Probabilities of all classes for one example; a single output is that of class 1.
 * @throws ArgumentError for a row that is not there
 */
export function probabilitiesOf(predictions: Predictions, row: number): number[] {
  expectArgument("probabilitiesOf", "predictions", predictions, PREDICTIONS);
  const { count, outputs, values } = predictions;
  if (!index.fits(row) || row >= count) {
    throw new ArgumentError(
      `probabilitiesOf: expected a row from 0 to ${count - 1}, received ${row}`,
    );
  }
  if (outputs === 1) return [1 - values[row]!, values[row]!];
  return Array.from({ length: outputs }, (_, c) => values[row * outputs + c]!);
}

/** Where the largest number stands, the first one of several. */
export function largest(numbers: ArrayLike<number>): number {
  const list = Array.from(numbers);
  return list.indexOf(Math.max(...list));
}

/**
 * The right class of every example, however the targets are written: numbers [n] or [n, 1], or rows
 * [n, classes] with the largest number at the class.
 * @throws ArgumentError for what has no targets
 */
export function labelsOf(examples: Pick<Examples, "y">): number[] {
  expectArgument("labelsOf", "examples", examples, TARGETS);
  const { y }: { y: NdArray } = examples;
  const [count, width = 1] = y.shape;
  if (width === 1) return Array.from(y.data);
  return Array.from({ length: count! }, (_, row) =>
    largest(y.data.subarray(row * width, (row + 1) * width)),
  );
}
