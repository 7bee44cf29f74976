// Losses of which some elements count more than others, or not at all.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { greaterEqual } from "../../tensor/comparison.ts";
import { cast, maximum, mul } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { mean, sum } from "../../tensor/reduce.ts";
import type { Loss } from "./loss.ts";
import { expectLosses } from "./mean-loss.ts";

/** A sum of weighted losses, and how many elements it is of; both scalars of the loss's type. */
export interface WeightedLoss {
  readonly total: Tensor;
  /** Elements that are not masked: what Keras divides by, whatever they weigh. */
  readonly count: Tensor;
}

/**
 * sum w l and the number of unmasked elements.
 * @param of the function of the loss: perExample, or ofLogits with the net input for a prediction
 * @param weights [batch] for a number an example, or [batch, ...] for one at each of its places, as the steps
 * of a sequence; -1 stands for what is masked
 * @throws ArgumentError for a loss that gives no number for each
 */
export function weightedLoss(
  loss: Loss,
  of: Loss["perExample"],
  target: Tensor,
  prediction: Tensor,
  weights: Tensor,
): WeightedLoss {
  const axes = weights.rank;
  const { shape } = prediction.type;
  if (axes > Math.max(1, shape.length - 1) || weights.type.shape.some((n, i) => n !== shape[i])) {
    throw new ShapeError(
      `loss "${loss.name}": expected weights [${shape[0]}], or of the first axes of predictions ` +
        `${showShape(shape)}, received ${showShape(weights.shape)}`,
    );
  }
  const values = of(folded(target, axes), folded(prediction, axes));
  expectLosses(loss, values, weights.size);
  if (values.rank === 0) {
    throw new ArgumentError(
      `loss "${loss.name}": expected one number for each example, since they have weights, ` +
        "received their mean",
    );
  }
  const each = values.rank === 1 ? values : mean(reshape(values, [weights.size, -1]), 1);
  const w = cast(reshape(weights, [weights.size]), each.dtype);
  return {
    total: sum(mul(each, maximum(w, 0))),
    count: sum(cast(greaterEqual(w, 0), each.dtype)),
  };
}

/** The first axes as one: every place of a sequence is then an example. */
function folded(x: Tensor, axes: number): Tensor {
  if (axes <= 1) return x;
  const { shape } = x.type;
  const rows = shape.slice(0, axes).reduce((product, n) => product * n, 1);
  return reshape(x, [rows, ...shape.slice(axes)]);
}
