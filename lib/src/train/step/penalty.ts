// Regularisation in a training step: what it adds to gradients, and what it does after the update.

import type { Params } from "../../nn/layers/layer.ts";
import { joinPath } from "../../nn/network/params.ts";
import {
  penaltySlope,
  type Regularizer,
  type Sizes,
  stopAtZero,
} from "../../nn/regularizers/index.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import { notEqual } from "../../tensor/comparison.ts";
import { add, cast, mul, sub } from "../../tensor/elementwise.ts";

/** Regularisers, which add up, the sizes that their conventions of lambda speak of, and what they act on. */
export interface Penalty {
  readonly regularizers: readonly Regularizer[];
  readonly sizes: Sizes;
  /** Paths of the parameters that are penalised, as "dense1/w". */
  readonly weights: ReadonlySet<string>;
}

/** The gradients with the penalty's own added at every weight. */
export function penaltyGradient(penalty: Penalty, params: Params, gradients: Params): Params {
  const { regularizers, sizes } = penalty;
  return regularizers
    .filter((regularizer) => !actsAfterUpdate(regularizer))
    .reduce(
      (all, regularizer) =>
        mapWeights(penalty, params, all, (w, dw) =>
          add(dw, penaltySlope(regularizer, w.read(), sizes)),
        ),
      gradients,
    );
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
  const { regularizers, sizes } = penalty;
  return regularizers.filter(actsAfterUpdate).reduce(
    (all, regularizer) =>
      mapWeights(penalty, before, all, (w, moved) => {
        const rate = cast(learningRate, moved.dtype);
        const next = sub(moved, mul(penaltySlope(regularizer, moved, sizes), rate));
        if (regularizer.kind === "l2") return next;
        return stopAtZero(moved, next, notEqual(w.read(), 0)).weights;
      }),
    after,
  );
}

function actsAfterUpdate({ convention }: Regularizer): boolean {
  return convention === "playground";
}

/** The second tree, which has the names of the first, with `f` applied at every weight. */
export function mapWeights(
  { weights }: Pick<Penalty, "weights">,
  params: Params,
  other: Params,
  f: (w: Tensor, other: Tensor) => Tensor,
): Params {
  const visit = (mine: Params, theirs: Params, path: string): Params =>
    Object.fromEntries(
      Object.entries(mine).map(([name, value]) => {
        const there = theirs[name]!;
        const at = joinPath(path, name);
        if (!(value instanceof Tensor)) return [name, visit(value, there as Params, at)];
        return [name, weights.has(at) ? f(value, there as Tensor) : there];
      }),
    );
  return visit(params, other, "");
}
