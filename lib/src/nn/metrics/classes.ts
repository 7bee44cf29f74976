// Outputs and targets as classes: one definition for every metric that counts right and wrong ones.

import { either, finite, type Kind, oneOf } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { type Shape, sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, greater, logicalAnd } from "../../tensor/comparison.ts";
import { cast } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { argmax, max } from "../../tensor/reduce.ts";
import { isYesOrNo } from "../targets/index.ts";
import { halfway, likePrediction, type Meaning } from "./metric.ts";

/** A class for each of n decisions, all int32 [n] or bool [n]. */
export interface Decisions {
  readonly target: Tensor;
  readonly predicted: Tensor;
  /** False where an output is NaN: that is no prediction, and never right. */
  readonly isMade: Tensor;
  /** How many classes there are. */
  readonly classes: number;
}

/** Where a single output is split: "auto" is 0.5 for probabilities and values, 0 for net inputs and scores. */
export type Threshold = number | "auto";

export const THRESHOLD: Kind<Threshold> = either(finite, oneOf("auto"));

/**
 * The class of a prediction is the place of its largest output (the first of equals), or for a single
 * output 1 above the threshold and 0 up to it. Targets are labels, or rows with one largest number.
 * @throws ShapeError where target and prediction do not fit each other
 */
export function decisions(
  target: Tensor,
  prediction: Tensor,
  threshold: Threshold,
  meaning: Meaning,
): Decisions {
  const { shape } = prediction.type;
  if (isYesOrNo(shape)) return { ...sides(target, prediction, threshold, meaning), classes: 2 };
  const classes = shape.at(-1)!;
  const n = prediction.size / classes;
  const isRows = sameShape(target.shape, shape);
  if (!isRows && target.size !== n) throw misfit(target, prediction, n);
  const right = isRows ? argmax(target, -1) : cast(target, "int32");
  const top = max(prediction, -1);
  return {
    target: reshape(right, [n]),
    predicted: reshape(argmax(prediction, -1), [n]),
    isMade: reshape(equal(top, top), [n]),
    classes,
  };
}

/** A yes or no for each output by itself. */
export function sides(
  target: Tensor,
  prediction: Tensor,
  threshold: Threshold,
  meaning: Meaning,
): Omit<Decisions, "classes"> {
  const n = prediction.size;
  const like = isYesOrNo(prediction.type.shape) && target.size === n;
  const y = like ? target : likePrediction(target, prediction);
  const a = reshape(prediction, [n]);
  return {
    target: cast(isAbove(reshape(y, [n]), 0.5), "int32"),
    predicted: cast(isAbove(a, threshold === "auto" ? halfway(meaning) : threshold), "int32"),
    isMade: equal(a, a),
  };
}

/** As numbers compare in JavaScript: in double precision, unless the element type comes to the same. */
function isAbove(x: Tensor, threshold: number): Tensor {
  const whole = Math.floor(threshold);
  // What is more than 0.5 is more than 0, where numbers are whole.
  if (x.dtype === "int32" && whole === (whole | 0)) return greater(x, whole);
  const isExact = x.dtype === "float32" && Math.fround(threshold) === threshold;
  return greater(isExact ? x : cast(x, "float64"), threshold);
}

export function isRight({ target, predicted, isMade }: Omit<Decisions, "classes">): Tensor {
  return logicalAnd(equal(predicted, target), isMade);
}

/** @throws ArgumentError where nobody can tell at which number the only output changes sides */
export function expectThreshold(
  name: string,
  prediction: Shape,
  meaning: Meaning,
  threshold: Threshold,
): void {
  if (meaning !== null || threshold !== "auto" || !isYesOrNo(prediction)) return;
  throw new ArgumentError(
    `${name}: with a loss of your own it is not known where an output changes sides. Give the metric ` +
      `a threshold, as in { name: "${name}", threshold: 0 }, or the loss "predictions", as in ` +
      '{ name, config, perExample, predictions: "probabilities" }.',
  );
}

function misfit(target: Tensor, prediction: Tensor, n: number): ShapeError {
  return new ShapeError(
    `metric: expected ${n} labels, or a target of shape ${showShape(prediction.shape)}, ` +
      `received ${showShape(target.shape)}`,
  );
}
