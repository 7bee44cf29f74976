// Cross-entropies of outputs that are each a probability of their own.

import { fraction } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, maximum, minimum, mul, sub } from "../../tensor/elementwise.ts";
import { logOnePlusExp } from "../activations/log-one-plus-exp.ts";
import { type LossFamily, lossFamily, meanOutputs, safeLog, smoothed, sumOutputs } from "./loss.ts";

const OF_PROBABILITIES = {
  defaults: { fromLogits: false, labelSmoothing: 0 },
  kinds: { labelSmoothing: fraction },
  targets: "probabilities",
  predictions: "probabilities",
  logits: "sigmoid",
} as const;

/** The average over outputs, as in Keras. A probability of 0 for what is right costs 87.3 (float32). */
export const binaryCrossentropy: LossFamily = lossFamily({
  ...OF_PROBABILITIES,
  perExample: (y, a, { fromLogits, labelSmoothing }) =>
    meanOutputs(entropies(smoothed(y, labelSmoothing, 2), a, fromLogits)),
});

/** The total over outputs (Nielsen, chapter 3). */
export const crossEntropy: LossFamily = lossFamily({
  ...OF_PROBABILITIES,
  perExample: (y, a, { fromLogits, labelSmoothing }) =>
    sumOutputs(entropies(smoothed(y, labelSmoothing, 2), a, fromLogits)),
});

function entropies(y: Tensor, a: Tensor, fromLogits: boolean): Tensor {
  return fromLogits ? ofLogits(y, a) : ofProbabilities(y, a);
}

/** -(y ln a + (1 - y) ln(1 - a)), with 0 ln 0 = 0. */
function ofProbabilities(y: Tensor, a: Tensor): Tensor {
  const right = mul(y, safeLog(a));
  const wrong = mul(sub(1, y), safeLog(sub(1, a)));
  return sub(0, add(right, wrong)); // neg would make -0 of 0
}

/** The same for a = sigmoid(z): y max(-z, 0) + (1 - y) max(z, 0) + ln(1 + exp(-|z|)). */
function ofLogits(y: Tensor, z: Tensor): Tensor {
  // Slopes at 0 are taken from the left in all three terms, so that they add up to 1/2 - y.
  const missed = mul(sub(1, y), maximum(z, 0));
  const short = mul(y, minimum(0, z));
  return add(sub(missed, short), logOnePlusExp(z));
}
