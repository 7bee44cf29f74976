// What a metric is, and how it reads outputs.

import { ShapeError } from "../../checks/errors.ts";
import { type Shape, sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { full } from "../../tensor/create.ts";
import { cast, sigmoid } from "../../tensor/elementwise.ts";
import { stack } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { softmax } from "../../tensor/softmax.ts";
import type { Config } from "../spec.ts";
import type { Targets } from "../targets/index.ts";

/**
 * What outputs mean: numbers like the targets; probabilities; scores, of which those above 0 say yes;
 * or net inputs of an activation that makes probabilities of them. Null where nobody can tell.
 */
export type Meaning =
  | "values"
  | "probabilities"
  | "scores"
  | { readonly logitsOf: "sigmoid" | "softmax" }
  | null;

/** Whether the smaller or the larger of two figures is the better one. */
export type Direction = "min" | "max";

/** A figure that says how good predictions are. */
export interface Metric {
  readonly name: string;
  readonly config: Config;
  /** Which way it gets better; callbacks that watch a metric without it ask for `mode`. */
  readonly direction?: Direction;
  /** What it takes targets for: others are refused before they are counted. Left out, all are taken. */
  readonly targets?: Targets;
  /** The figure over all examples at once; it may read values. Outputs mean values unless it is told. */
  readonly compute: (target: Tensor, prediction: Tensor, meaning?: Meaning) => number;
  /** The same figure batch by batch. Without it, fit() keeps all outputs of an epoch to its end. */
  readonly counter?: Counter;
  /** @throws ArgumentError where outputs of this shape and meaning give no such figure */
  readonly expectOutputs?: (prediction: Shape, meaning: Meaning) => void;
}

/** A figure as numbers that add up over batches, and a formula at the end. */
export interface Counter {
  /** How many numbers it counts for predictions of a shape. */
  size(prediction: Shape): number;
  /** The counts of a batch, float64 [size], without reading any value: training steps contain it. */
  count(target: Tensor, prediction: Tensor, meaning: Meaning): Tensor;
  /** Counts of two parts together: their sums by default. Zeros are the counts of no examples. */
  join?(a: Tensor, b: Tensor): Tensor;
  figure(counts: Counts): number;
}

/** The numbers that a counter has counted. */
export type Counts = ArrayLike<number> & Iterable<number>;

/** Where the two sides of a single output meet. */
export function halfway(meaning: Meaning): number {
  return meaning === "values" || meaning === "probabilities" || meaning === null ? 0.5 : 0;
}

/** Outputs as numbers like the targets: of net inputs their probabilities. */
export function toValues(prediction: Tensor, meaning: Meaning): Tensor {
  const a = cast(prediction, "float64");
  if (meaning === null || typeof meaning === "string") return a;
  return meaning.logitsOf === "softmax" ? softmax(a) : sigmoid(a);
}

/** Counts as one vector. */
export function vector(...numbers: readonly (Tensor | number)[]): Tensor {
  return stack(numbers.map((x) => (typeof x === "number" ? full([], x, "float64") : x)));
}

/**
 * The target in the prediction's shape, as float64; [batch] stands for [batch, 1].
 * @throws ShapeError for others
 */
export function likePrediction(target: Tensor, prediction: Tensor): Tensor {
  const { shape } = prediction.type;
  if (sameShape(target.shape, shape) || sameShape([...target.type.shape, 1], shape)) {
    return reshape(cast(target, "float64"), shape);
  }
  throw new ShapeError(
    `metric: expected a target of the prediction's shape ${showShape(shape)}, ` +
      `received ${showShape(target.shape)}`,
  );
}
