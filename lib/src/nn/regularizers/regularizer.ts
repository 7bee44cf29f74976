// Weight penalties, in the five meanings that lambda has in the books and tools. Biases are never
// penalised.

import {
  anything,
  count,
  expectArgument,
  expectOptions,
  type Kinds,
  listOf,
  notNegative,
  oneOf,
} from "../../checks/arguments.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Convention, RegularizerSpec as Regularizer } from "../../spec/parts.ts";
import { abs, add, cast, mul, sign, square } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";

export type { Convention, RegularizerSpec as Regularizer } from "../../spec/parts.ts";

/** What the conventions divide by. */
export interface Sizes {
  /** Examples in the training set; for a reported cost, those that it is computed over. */
  readonly trainingSize: number;
  readonly batchSize: number;
  /** Minibatches in one epoch. */
  readonly batches: number;
}

/** The factor that stands before |w|, or before w^2 / 2: the slope of the penalty at w = 1. */
const COEFFICIENTS: Readonly<
  Record<Convention, (regularizer: Regularizer, sizes: Sizes) => number>
> = {
  network2: ({ lambda }, { trainingSize }) => lambda / trainingSize,
  network3: ({ lambda }, { batches }) => lambda / batches,
  nndl: ({ lambda }) => lambda,
  playground: ({ lambda }) => lambda,
  keras: ({ lambda, kind }) => (kind === "l2" ? 2 * lambda : lambda),
};

const FIELDS: Kinds<Regularizer> = {
  kind: oneOf("l1", "l2"),
  lambda: notNegative,
  convention: oneOf("network2", "network3", "nndl", "playground", "keras"),
};

const SIZES: Kinds<Sizes> = { trainingSize: count, batchSize: count, batches: count };

/**
 * A regularizer that says something.
 * @throws ArgumentError for what is none, an unknown or missing field, kind or convention, or a
 * lambda that is no number of 0 or more
 */
export function regularizerOf(regularizer: Regularizer): Regularizer {
  expectOptions("regularizer", regularizer, FIELDS, ["kind", "lambda", "convention"]);
  const { kind, lambda, convention } = regularizer;
  return { kind, lambda, convention };
}

/** What multiplies w (l2) or sign(w) (l1) in the gradient of the mean cost of a batch. */
export function coefficient(regularizer: Regularizer, sizes: Sizes): number {
  regularizerOf(regularizer);
  expectOptions("sizes of a penalty", sizes, SIZES, ["trainingSize", "batchSize", "batches"]);
  return COEFFICIENTS[regularizer.convention](regularizer, sizes);
}

/** What one weight adds to its gradient. */
export function penaltySlope(regularizer: Regularizer, w: Tensor, sizes: Sizes): Tensor {
  return mul(regularizer.kind === "l2" ? w : sign(w), coefficient(regularizer, sizes));
}

/**
 * The term that all weights together add to the reported cost, a scalar. Its gradient is
 * `coefficient` times w or sign(w). (TF Playground minimises the term too, but shows the cost without.)
 */
export function penalty(
  regularizer: Regularizer,
  weights: readonly Tensor[],
  sizes: Sizes,
): Tensor<[]> {
  const factor = coefficient(regularizer, sizes);
  expectArgument("penalty", "weights", weights, listOf(anything));
  const isL2 = regularizer.kind === "l2";
  const totals = weights.map((w): Tensor => sum(isL2 ? square(w) : abs(w)));
  if (totals.length === 0) return scalar(0, "float32");
  const total = totals.reduce((a, b) => add(a, cast(b, a.dtype)));
  return mul(total, (isL2 ? 0.5 : 1) * factor);
}
