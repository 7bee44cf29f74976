// A penalty of what a layer gives, beside the penalties of weights.

import { type Kinds, notNegative } from "../../../checks/arguments.ts";
import { ArgumentError } from "../../../checks/errors.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity, Shape } from "../../../shapes/index.ts";
import { abs, add, mul, square } from "../../../tensor/elementwise.ts";
import { sum } from "../../../tensor/reduce.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, type LayerOptions, specOf } from "../layer.ts";

/** Options of activityPenalty(): at least one of both factors. */
export interface ActivityPenaltyOptions<I extends Shape = any> extends LayerOptions<I> {
  /** What stands before the sum of |x|; 0 by default. */
  readonly l1?: number;
  /** What stands before the sum of x^2; 0 by default. */
  readonly l2?: number;
}

const FACTORS: Kinds<Omit<ActivityPenaltyOptions, keyof LayerOptions>> = {
  l1: notNegative,
  l2: notNegative,
};

export const ACTIVITY_PENALTY: LayerSignature<ActivityPenaltyOptions> = {
  leading: {},
  options: { ...FACTORS, ...LAYER },
};

/**
 * [...] to the same: x as it is, but in fit() (l1 sum |x| + l2 sum x^2) / batch is minimised with the loss, as by
 * Keras's ActivityRegularization: sparse activities by l1, small ones by l2. It stands behind the layer whose
 * outputs it holds small. As all penalties it is left out of the loss that is shown; inside timeDistributed the
 * steps of all examples are the batch.
 * @throws ArgumentError for factors below 0, and without one above 0; in fit() by "lbfgs", which compares losses
 */
export function activityPenalty<const I extends Shape = any>(
  options: ActivityPenaltyOptions<I>,
): Layer<Identity, InputShape<I>> {
  const kind = "activityPenalty";
  expectSignature(kind, ACTIVITY_PENALTY, [], options);
  const { l1 = 0, l2 = 0 } = options ?? {};
  if (l1 === 0 && l2 === 0) {
    throw new ArgumentError(`${kind}: expected l1 or l2 above 0, as { l1: 0.01 }`);
  }
  const cost = (x: Tensor): Tensor => {
    const first: Tensor | null = l1 > 0 ? mul(sum(abs(x)), l1) : null;
    const second: Tensor | null = l2 > 0 ? mul(sum(square(x)), l2) : null;
    const total = first && second ? add(first, second) : (first ?? second)!;
    return mul(total, 1 / x.type.shape[0]!);
  };
  return {
    kind,
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf(kind, options),
    outputShape: (input) => input,
    init: () => ({ params: {}, state: {} }),
    apply: ({ state }, x, { training, penalize }) => {
      if (training) penalize?.(cost(x));
      return { y: x, state };
    },
  };
}
