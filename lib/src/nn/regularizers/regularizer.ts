// Weight penalties, in the five meanings that lambda has in the books and tools. Biases are never
// penalised.

import { ArgumentError } from "../../ir/errors.ts";
import { unknownName } from "../../ir/nearest.ts";
import { scalar } from "../../runtime/numbers.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { abs, add, cast, mul, sign, square } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";

/** Whose lambda: Nielsen's network2 or network3, NNDL's algorithm 4.1, TF Playground's, Keras's. */
export type Convention = "network2" | "network3" | "nndl" | "playground" | "keras";

export interface Regularizer {
  readonly kind: "l1" | "l2";
  readonly lambda: number;
  readonly convention: Convention;
}

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

/**
 * A regularizer that says something.
 * @throws ArgumentError for an unknown kind or convention, or a lambda below 0
 */
export function regularizerOf(regularizer: Regularizer): Regularizer {
  const { kind, lambda, convention } = regularizer;
  if (kind !== "l1" && kind !== "l2") throw unknownName("regularizer", kind, ["l1", "l2"]);
  const conventions = Object.keys(COEFFICIENTS);
  if (!conventions.includes(convention)) {
    throw unknownName("convention of lambda", convention, conventions);
  }
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    throw new ArgumentError(`${kind}: expected lambda to be 0 or more, received ${lambda}`);
  }
  return { kind, lambda, convention };
}

/** What multiplies w (l2) or sign(w) (l1) in the gradient of the mean cost of a batch. */
export function coefficient(regularizer: Regularizer, sizes: Sizes): number {
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
  const isL2 = regularizer.kind === "l2";
  const totals = weights.map((w): Tensor => sum(isL2 ? square(w) : abs(w)));
  if (totals.length === 0) return scalar(0, "float32");
  const total = totals.reduce((a, b) => add(a, cast(b, a.dtype)));
  return mul(total, (isL2 ? 0.5 : 1) * coefficient(regularizer, sizes));
}
