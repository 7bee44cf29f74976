// Regularisation in a training step: what it adds to the loss, to gradients, and after the update.

import type { Params } from "../nn/layers/layer.ts";
import { coefficient, penalty as penaltyOf, type Regularizer } from "../nn/regularizers/index.ts";
import { Tensor } from "../runtime/tensor.ts";
import { add, equal, less, logicalOr, mul, sign, where } from "../tensor/elementwise.ts";

/** A regulariser and the sizes that its convention of lambda speaks of. */
export interface Penalty {
  readonly regularizer: Regularizer;
  readonly sizes: { trainingSize: number; batchSize: number; batches: number };
}

/** The term that is added to the reported loss, a scalar. */
export function penalized({ regularizer, sizes }: Penalty, params: Params): Tensor {
  return penaltyOf(regularizer, weightsOf(params), sizes);
}

/** The gradients with the penalty's own added at every weight. */
export function penaltyGradient(
  { regularizer, sizes }: Penalty,
  params: Params,
  gradients: Params,
): Params {
  const c = coefficient(regularizer, sizes);
  return mapWeights(params, gradients, (w, dw) => {
    const slope: Tensor = regularizer.kind === "l2" ? w.read() : sign(w.read());
    return add(dw, mul(slope, c) as Tensor);
  });
}

/**
 * The Playground's L1: a weight that would cross 0 stops there for good. A weight of exactly 0 counts
 * as stopped, so no mask need be kept. Other regularisers change nothing here.
 */
export function afterUpdate({ regularizer }: Penalty, before: Params, after: Params): Params {
  if (regularizer.kind !== "l1" || regularizer.convention !== "playground") return after;
  return mapWeights(before, after, (w, next) => {
    const old = w.read();
    const stops = logicalOr(equal(old, 0) as Tensor, less(mul(old, next) as Tensor, 0) as Tensor);
    return where(stops, 0, next);
  });
}

/** The parameters that are weights: those whose names start with "w". Biases are never penalised. */
export function weightsOf(params: Params): Tensor[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (!(value instanceof Tensor)) return weightsOf(value);
    return name.startsWith("w") ? [value.read()] : [];
  });
}

/** The second tree with `f` applied at every weight. */
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
