// What a metric is, and how predictions and targets become classes.

import { ShapeError } from "../../ir/errors.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import type { Config } from "../spec.ts";

/** Whether the smaller or the larger of two figures is the better one. */
export type Direction = "min" | "max";

/** A figure that says how good predictions are. */
export interface Metric {
  readonly name: string;
  readonly config: Config;
  /** Which way it gets better; callbacks that watch a metric without it ask for `mode`. */
  readonly direction?: Direction;
  /** The figure; it may read values. */
  readonly compute: (target: Tensor, prediction: Tensor) => number;
  /** The same as a float64 scalar without reading any value, so that training steps can contain it. */
  readonly traced?: (target: Tensor, prediction: Tensor) => Tensor;
}

/** Metrics that differ by options alone. */
export interface Family {
  readonly defaults: Config;
  readonly compute: (target: Tensor, prediction: Tensor, config: Config) => number;
  readonly traced?: (target: Tensor, prediction: Tensor, config: Config) => Tensor;
}

export function family<C extends Config>(
  defaults: C,
  compute: (target: Tensor, prediction: Tensor, config: C) => number,
): Family {
  return { defaults, compute: compute as Family["compute"] };
}

/** Metrics made of tensor functions alone. */
export function tracedFamily<C extends Config>(
  defaults: C,
  traced: (target: Tensor, prediction: Tensor, config: C) => Tensor,
): Family {
  const compute = (target: Tensor, prediction: Tensor, config: Config) =>
    traced(target, prediction, config as C).item();
  return { defaults, compute, traced: traced as NonNullable<Family["traced"]> };
}

/** Classes that were right and that were predicted, example by example. */
export interface Classes {
  readonly target: readonly number[];
  readonly predicted: readonly number[];
  readonly count: number;
}

/**
 * Reads classes off a prediction: the place of the largest of several outputs (the first of equals), or
 * for a single output 1 above the threshold and 0 below. Targets are one-hot or labels.
 * @throws ShapeError where target and prediction do not fit each other
 */
export function classesOf(target: Tensor, prediction: Tensor, threshold = 0.5): Classes {
  if (isYesOrNo(prediction)) {
    expectSize(target, prediction, prediction.size);
    const above = (p: number) => (p > threshold ? 1 : 0);
    return { target: [...target.data], predicted: Array.from(prediction.data, above), count: 2 };
  }
  const count = prediction.type.shape.at(-1)!;
  const predicted = argmaxRows(prediction, count);
  const isOneHot = sameShape(target.shape, prediction.shape);
  if (!isOneHot) expectSize(target, prediction, predicted.length);
  return { target: isOneHot ? argmaxRows(target, count) : [...target.data], predicted, count };
}

/** True for a single output, which says yes or no. */
export function isYesOrNo(prediction: Tensor): boolean {
  return prediction.rank <= 1 || prediction.type.shape.at(-1) === 1;
}

/** @throws ShapeError unless the target holds so many labels */
export function expectSize(target: Tensor, prediction: Tensor, size: number): void {
  if (target.size === size) return;
  throw new ShapeError(
    `metric: expected ${size} labels, or a target of shape ${showShape(prediction.shape)}, ` +
      `received ${showShape(target.shape)}`,
  );
}

function argmaxRows(x: Tensor, count: number): number[] {
  const { data } = x;
  return Array.from({ length: data.length / count }, (_, row) => {
    let best = 0;
    for (let c = 1; c < count; c++) {
      if (data[row * count + c]! > data[row * count + best]!) best = c;
    }
    return best;
  });
}

/** @throws ShapeError unless both hold as many numbers; [batch] stands for [batch, 1] */
export function expectLike(target: Tensor, prediction: Tensor): void {
  const { shape } = prediction.type;
  if (sameShape(target.shape, shape) || sameShape([...target.type.shape, 1], shape)) return;
  throw new ShapeError(
    `metric: expected a target of the prediction's shape ${showShape(shape)}, ` +
      `received ${showShape(target.shape)}`,
  );
}
