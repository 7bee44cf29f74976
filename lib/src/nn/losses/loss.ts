// What a loss is, and the parts that losses are made of.

import type { DType } from "../../ir/dtype.ts";
import { ShapeError } from "../../ir/errors.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { cast, log, maximum } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { mean, sum } from "../../tensor/reduce.ts";
import type { Config } from "../spec.ts";

/** How far a prediction is from its target. */
export interface Loss {
  readonly name: string;
  readonly config: Config;
  /** The activation whose net input the loss can take instead, with the option fromLogits. */
  readonly logits?: "sigmoid" | "softmax";
  /**
   * One number for each example: [batch]. Axis 0 of both operands is the batch.
   * @throws ShapeError where target and prediction do not fit each other
   */
  readonly perExample: (target: Tensor, prediction: Tensor) => Tensor;
}

/** Losses that differ by options alone. */
export interface Family {
  readonly defaults: Config;
  readonly logits?: "sigmoid" | "softmax";
  readonly perExample: (target: Tensor, prediction: Tensor, config: Config) => Tensor;
}

/** A family whose operands have one shape; the target takes the prediction's element type. */
export function family<C extends Config>(
  defaults: C,
  perExample: (target: Tensor, prediction: Tensor, config: C) => Tensor,
): Family {
  return {
    defaults,
    perExample: (target, prediction, config) =>
      perExample(expectLike(target, prediction), prediction, config as C),
  };
}

/**
 * The target in the prediction's shape and element type; [batch] stands for [batch, 1].
 * @throws ShapeError unless the shapes agree
 */
export function expectLike(target: Tensor, prediction: Tensor): Tensor {
  const shape = prediction.type.shape;
  const same = cast(target as Tensor, prediction.dtype);
  if (sameShape(target.shape, shape)) return same;
  if (sameShape([...target.type.shape, 1], shape)) return reshape(same, shape);
  throw new ShapeError(
    `loss: expected a target of the prediction's shape ${showShape(shape)}, ` +
      `received ${showShape(target.shape)}`,
  );
}

/** The total over all axes but the batch: [batch]. */
export function sumOutputs(x: Tensor): Tensor {
  return sum(x, outputAxes(x));
}

/** The average over all axes but the batch: [batch]. */
export function meanOutputs(x: Tensor): Tensor {
  return mean(x, outputAxes(x));
}

function outputAxes(x: Tensor): number[] {
  return x.type.shape.flatMap((_, axis) => (axis === 0 ? [] : [axis]));
}

/**
 * log(p), with p kept at or above the smallest normal number: y * safeLog(p) is then finite for every
 * y, and 0 where y is 0. The slope is 0 where p is cut.
 */
export function safeLog(p: Tensor): Tensor {
  return log(maximum(p, smallestNormal(p.dtype)));
}

function smallestNormal(dtype: DType): number {
  return dtype === "float64" ? 2 ** -1022 : 2 ** -126;
}
