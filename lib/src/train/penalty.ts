// Regularisation in a training step: what it adds to gradients, and what it does after the update.

import type { Params } from "../nn/layers/layer.ts";
import { coefficient, type Regularizer, stopAtZero } from "../nn/regularizers/index.ts";
import { Tensor } from "../runtime/tensor.ts";
import { add, cast, mul, notEqual, sign, sub } from "../tensor/elementwise.ts";

/** A regulariser and the sizes that its convention of lambda speaks of. */
export interface Penalty {
  readonly regularizer: Regularizer;
  readonly sizes: { trainingSize: number; batchSize: number; batches: number };
}

/** The gradients with the penalty's own added at every weight. */
export function penaltyGradient(penalty: Penalty, params: Params, gradients: Params): Params {
  if (actsAfterUpdate(penalty)) return gradients;
  return mapWeights(params, gradients, (w, dw) => add(dw, slope(penalty, w.read())) as Tensor);
}

/**
 * The Playground takes the penalty's step after the data's, with the weights it finds then; its L1
 * stops a weight that would cross 0 there for good. A weight of exactly 0 counts as stopped, so no
 * mask need be kept. The other conventions are done before.
 */
export function afterUpdate(
  penalty: Penalty,
  before: Params,
  after: Params,
  learningRate: Tensor,
): Params {
  if (!actsAfterUpdate(penalty)) return after;
  return mapWeights(before, after, (w, moved) => {
    const rate = cast(learningRate, moved.dtype);
    const next: Tensor = sub(moved, mul(slope(penalty, moved), rate) as Tensor);
    if (penalty.regularizer.kind === "l2") return next;
    return stopAtZero(moved, next, notEqual(w.read(), 0)).weights;
  });
}

function actsAfterUpdate({ regularizer }: Penalty): boolean {
  return regularizer.convention === "playground";
}

/** The penalty's derivative at every weight. */
function slope({ regularizer, sizes }: Penalty, w: Tensor): Tensor {
  return mul(regularizer.kind === "l2" ? w : sign(w), coefficient(regularizer, sizes));
}

/** The second tree with `f` applied at every weight: names that start with "w". Biases are left alone. */
function mapWeights(
  params: Params,
  other: Params,
  f: (w: Tensor, other: Tensor) => Tensor,
): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const there = other[name]!;
      if (!(value instanceof Tensor)) return [name, mapWeights(value, there as Params, f)];
      return [name, name.startsWith("w") ? f(value, there as Tensor) : there];
    }),
  );
}
