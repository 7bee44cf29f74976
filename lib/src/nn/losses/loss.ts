// What a loss is, and the parts that losses are made of.

import type { Kind } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import type { DType } from "../../ir/dtype.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, cast, log, maximum, mul } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { mean, sum } from "../../tensor/reduce.ts";
import type { Config } from "../spec.ts";
import type { Targets } from "../targets/index.ts";

/**
 * What a loss takes outputs for: numbers like the targets, probabilities, what a sigmoid or softmax
 * makes probabilities of, or scores whose sign or order decides.
 */
export type PredictionKind = "values" | "probabilities" | "logits" | "scores";

/** How far a prediction is from its target. */
export interface Loss {
  readonly name: string;
  readonly config: Config;
  /** What it takes targets for: others are refused before they train. Left out, all are taken. */
  readonly targets?: Targets;
  /** What it takes outputs for: metrics read them so. */
  readonly predictions?: PredictionKind;
  /** The activation whose net input the loss can be computed from, or is with the option fromLogits. */
  readonly logits?: "sigmoid" | "softmax";
  /** One number for each example as `perExample` gives it, from the net input of that activation. */
  readonly ofLogits?: (target: Tensor, z: Tensor) => Tensor;
  /**
   * One number for each example: [batch]. Axis 0 of both operands is the batch.
   * @throws ShapeError where target and prediction do not fit each other
   * @throws ArgumentError for targets that mean nothing, where their values are known
   */
  readonly perExample: (target: Tensor, prediction: Tensor) => Tensor;
}

type PerExample<C extends Config> = (target: Tensor, prediction: Tensor, config: C) => Tensor;

/** Losses that differ by options alone. */
export interface LossFamily<C extends Config = Config> {
  readonly defaults: C;
  /** What an option must be, where its default's type does not say enough. */
  readonly kinds?: Readonly<Record<string, Kind>>;
  readonly targets: Targets;
  readonly predictions: Exclude<PredictionKind, "logits">;
  readonly logits?: "sigmoid" | "softmax";
  readonly perExample: PerExample<C>;
}

/** A family whose operands have one shape; the target takes the prediction's element type. */
export function lossFamily<C extends Config>(whole: LossFamily<C>): LossFamily {
  const { perExample } = whole;
  return {
    ...whole,
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
  const same = cast(target, prediction.dtype);
  if (sameShape(target.shape, shape)) return same;
  if (sameShape([...target.type.shape, 1], shape)) return reshape(same, shape);
  throw new ShapeError(
    `loss: expected a target of the prediction's shape ${showShape(shape)}, ` +
      `received ${showShape(target.shape)}`,
  );
}

/**
 * (1 - s) y + s / classes: targets that leave the other classes a share, so that net inputs need not grow
 * without end (Szegedy et al. 2016, section 7). Of a yes or no the classes are 2.
 */
export function smoothed(y: Tensor, s: number, classes: number): Tensor {
  return s === 0 ? y : add(mul(y, 1 - s), s / classes);
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
 * y, and 0 where y is 0. The slope is 0 where p is cut. In float32 a right answer of probability 0
 * costs 87.3 so (Keras: 16.1, PyTorch: 100), in float64 708.4.
 */
export function safeLog(p: Tensor): Tensor {
  return log(maximum(p, smallestNormal(p.dtype)));
}

function smallestNormal(dtype: DType): number {
  return dtype === "float64" ? 2 ** -1022 : 2 ** -126;
}
