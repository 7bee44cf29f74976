// Losses of one choice among classes, which stand on the last axis.

import { fraction } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { oneHot } from "../../tensor/create.ts";
import { cast, mul, sub } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { sum } from "../../tensor/reduce.ts";
import { logSoftmax } from "../../tensor/softmax.ts";
import { expectLike, type LossFamily, lossFamily, meanOutputs, safeLog, smoothed } from "./loss.ts";

const OF_CLASSES = {
  defaults: { fromLogits: false, labelSmoothing: 0 },
  kinds: { labelSmoothing: fraction },
  predictions: "probabilities",
  logits: "softmax",
} as const;

/**
 * -sum y ln a: the targets are one-hot, or probabilities that add up to 1. A probability of 0 for the
 * right class costs 87.3 (float32).
 */
export const categoricalCrossentropy: LossFamily = lossFamily({
  ...OF_CLASSES,
  targets: "distribution",
  perExample: (y, a, config) => entropy(y, a, config),
});

/**
 * -ln a_y: the targets are labels from 0 to classes - 1.
 * @throws ArgumentError for another label where its value is known; in a compile() of your own, where it
 * is not, its loss is 0
 */
export const sparseCategoricalCrossentropy: LossFamily = {
  ...OF_CLASSES,
  targets: "labels",
  perExample: (labels, a, config) => entropy(expectLabels(labels, a), a, config as Options),
};

/** -ln a_y (Nielsen, chapter 3), with a softmax output layer. Labels or one-hot targets. */
export const logLikelihood: LossFamily = {
  ...OF_CLASSES,
  targets: "labelsOrDistribution",
  perExample: (target, a, config) => {
    const isOneHot = sameShape(target.shape, a.shape);
    const y = isOneHot ? expectLike(target, a) : expectLabels(target, a);
    return entropy(y, a, config as Options);
  },
};

/** sum y ln(y / a), with 0 ln 0 = 0: how far the distribution a is from y. */
export const klDivergence: LossFamily = lossFamily({
  defaults: {},
  targets: "distribution",
  predictions: "probabilities",
  perExample: (y, a) => overClasses(mul(y, sub(safeLog(y), safeLog(a)))),
});

type Options = { readonly fromLogits: boolean; readonly labelSmoothing: number };

function entropy(y: Tensor, a: Tensor, { fromLogits, labelSmoothing }: Options): Tensor {
  const logs = fromLogits ? logSoftmax(a) : safeLog(a);
  const soft = smoothed(y, labelSmoothing, a.type.shape.at(-1)!);
  return sub(0, overClasses(mul(soft, logs))); // neg would make -0 of 0
}

/** The total over classes, and the average over the axes between them and the batch. */
function overClasses(x: Tensor): Tensor {
  const total = sum(x, -1);
  return meanOutputs(total);
}

/** Labels [batch, ...] or [batch, ..., 1] as rows of zeros with a one, like the prediction. */
function expectLabels(labels: Tensor, prediction: Tensor): Tensor {
  const lead = prediction.type.shape.slice(0, -1);
  const classes = prediction.type.shape.at(-1)!;
  if (!sameShape(labels.shape, lead) && !sameShape(labels.shape, [...lead, 1])) {
    throw new ShapeError(
      `loss: expected labels of shape ${showShape(lead)} for predictions ` +
        `${showShape(prediction.shape)}, received ${showShape(labels.shape)}`,
    );
  }
  return oneHot(reshape(cast(labels, "int32"), lead), classes, prediction.dtype);
}
