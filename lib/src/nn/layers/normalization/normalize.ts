// What normalisation layers share: numbers brought to mean 0 and variance 1, then scale and offset, learnt.

import { flag, type Kinds, positive } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { ones, zeros } from "../../../tensor/create.ts";
import { add, div, mul, sqrt, square, sub } from "../../../tensor/elementwise.ts";
import { mean } from "../../../tensor/reduce.ts";
import type { Layer, LayerOptions, Params } from "../layer.ts";

/** Options that all normalisation layers with a mean share. */
export interface NormalizationOptions extends LayerOptions {
  /** Added to the variance, so that nothing is divided by 0; 0.001 by default, as in Keras. */
  readonly epsilon?: number;
  /** False leaves out the learnt factor of each feature, 1 at first. */
  readonly scale?: boolean;
  /** False leaves out what is learnt and added to each feature, 0 at first. */
  readonly offset?: boolean;
}

/** Without those that every layer has. */
export const NORMALIZATION: Kinds<Omit<NormalizationOptions, keyof LayerOptions>> = {
  epsilon: positive,
  scale: flag,
  offset: flag,
};

export const EPSILON = 1e-3;

/** Mean and variance over some axes, which are kept with length 1. */
export interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** The variance is that about the mean, divided by n: exact where the mean is large. */
export function momentsAlong(x: Tensor, axes: readonly number[]): Statistics {
  const center: Tensor = mean(x, axes, true);
  return { mean: center, variance: mean(square(sub(x, center)), axes, true) };
}

/** (x - mean) / sqrt(variance + epsilon). */
export function standardized(x: Tensor, statistics: Statistics, epsilon: number): Tensor {
  return div(sub(x, statistics.mean), sqrt(add(statistics.variance, epsilon)));
}

/** Parameters scale and offset, both [features]; neither is a weight, so that no regularizer sees them. */
export function affine(
  kind: string,
  { scale = true, offset = true }: Pick<NormalizationOptions, "scale" | "offset">,
): Required<Pick<Layer, "outputShape" | "weights" | "shapes" | "init">> & {
  readonly apply: (params: Params, x: Tensor) => Tensor;
} {
  const shapes = (input: Shape) => ({
    ...(scale && { scale: input.slice(-1) }),
    ...(offset && { offset: input.slice(-1) }),
  });
  return {
    outputShape: (input) => expectFeatures(kind, input),
    weights: [],
    shapes,
    init: (_key, input, dtype) => {
      const features = input.slice(-1);
      const params = {
        ...(scale && { scale: ones(features, dtype) }),
        ...(offset && { offset: zeros(features, dtype) }),
      };
      return { params, state: {} };
    },
    apply: (params, x) => {
      const scaled: Tensor = scale ? mul(x, params["scale"] as Tensor) : x;
      return offset ? add(scaled, params["offset"] as Tensor) : scaled;
    },
  };
}

/** @throws ShapeError for an example without an axis of features, or with none along it */
function expectFeatures(kind: string, input: Shape): Shape {
  if (input.length > 0 && input.every((length) => length > 0)) return input;
  throw new ShapeError(
    `${kind}: expected an example [..., features] with numbers in it, received ${showShape(input)}`,
  );
}
