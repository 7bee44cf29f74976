// Loss, metrics and predictions of some examples, of one pass through the model.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { concat } from "../../tensor/joining.ts";
import { inputsFor, toTensor } from "../../train/batches/examples.ts";
import type { Rows } from "../../train/batches/rows.ts";
import { type Evaluation, evaluateModel } from "../../train/loop/evaluate.ts";
import type { Model } from "../../train/model/model.ts";
import { inFloats } from "../../train/run/fit-data.ts";
import { asPredictions, expectOneOutput, type Predictions } from "./predictions.ts";

/** What `model.evaluate()` and `predictionsOf()` say of the same examples. */
export interface EvaluatedPredictions {
  readonly evaluation: Evaluation;
  readonly predictions: Predictions;
}

/**
 * Judges a compiled model by examples and keeps what it answered, where one after the other would run them
 * through it twice.
 * @param x examples along the first axis
 * @param y their targets, as for `fit`
 * @throws ShapeError where the model has several inputs or outputs, or examples do not fit it
 * @throws ArgumentError for a model that is not compiled, and targets that mean nothing to its loss
 */
export async function evaluationOf(model: Model, x: Rows, y: Rows): Promise<EvaluatedPredictions> {
  const where = "evaluationOf";
  expectOneOutput(where, model);
  const [rows] = inputsFor(where, model.instance, x).x;
  const inputs = toTensor(inFloats(rows!, model.instance.dtype));
  const parts: Tensor[] = [];
  const evaluation = await evaluateModel(model.instance, model.training, inputs, y, {}, ([part]) =>
    parts.push(part!),
  );
  return { evaluation, predictions: asPredictions(model, concat(parts, 0)) };
}
