// The loss of a network's results: from the net input where the last activation allows it.

import type { LayerResult } from "../../nn/layers/layer.ts";
import type { Loss } from "../../nn/losses/index.ts";
import { averageLoss, meanLoss } from "../../nn/losses/mean-loss.ts";
import { weightedLoss } from "../../nn/losses/weighted.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { full } from "../../tensor/create.ts";
import { add, cast, div, maximum, mul } from "../../tensor/elementwise.ts";
import { stack } from "../../tensor/joining.ts";

/**
 * The mean loss over a batch, a scalar. A cross-entropy behind its own activation is computed from the
 * net input: its logarithm is then exact far into saturation.
 */
export function lossOfResult(loss: Loss, target: Tensor, result: LayerResult): Tensor {
  const { of, prediction } = formOf(loss, result);
  if (of === loss.perExample) return meanLoss(loss, target, result.y);
  return averageLoss(loss, of(target, prediction), result.y);
}

/** The loss as a function of the net input, where there is one. */
function formOf(loss: Loss, { y, logits }: LayerResult) {
  const fits = loss.logits !== undefined && loss.logits === logits?.activation;
  return fits && loss.ofLogits
    ? { of: loss.ofLogits, prediction: logits.z }
    : { of: loss.perExample, prediction: y };
}

/** The loss of every output, and how much it counts. */
export interface OutputLosses {
  readonly losses: readonly Loss[];
  readonly lossWeights: readonly number[];
}

/** What a batch costs. */
export interface BatchLoss {
  /** A scalar: the mean losses of all outputs, each times its weight. */
  readonly loss: Tensor;
  /**
   * float64 [2 outputs]: the sums of weighted losses, then how many elements each is of. Left out where one
   * output counts every example alike: the loss says it all.
   */
  readonly sums?: Tensor;
}

/** True for one output whose loss is the whole loss. */
export function isPlain({ losses, lossWeights }: OutputLosses): boolean {
  return losses.length === 1 && lossWeights[0] === 1;
}

/** @param w one for each output, or none where all examples count alike */
export function lossOfBatch(
  { losses, lossWeights }: OutputLosses,
  y: readonly Tensor[],
  results: readonly LayerResult[],
  w: readonly Tensor[] = [],
): BatchLoss {
  const isWeighted = w.length > 0;
  const means: Tensor[] = [];
  const totals: Tensor[] = [];
  const counts: Tensor[] = [];
  losses.forEach((loss, i) => {
    const result = results[i]!;
    if (!isWeighted) {
      const average = lossOfResult(loss, y[i]!, result);
      means.push(average);
      totals.push(mul(cast(average, "float64"), result.y.type.shape[0]!));
      counts.push(full([], result.y.type.shape[0]!, "float64"));
      return;
    }
    const { of, prediction } = formOf(loss, result);
    const { total, count } = weightedLoss(loss, of, y[i]!, prediction, w[i]!);
    means.push(div(total, maximum(count, 1)));
    totals.push(cast(total, "float64"));
    counts.push(cast(count, "float64"));
  });
  const scaled = means.map((mean, i) => (lossWeights[i] === 1 ? mean : mul(mean, lossWeights[i]!)));
  const loss = scaled.reduce((a, b) => add(a, b));
  return !isWeighted && isPlain({ losses, lossWeights })
    ? { loss }
    : { loss, sums: stack([...totals, ...counts]) };
}

/** What a step gives. */
export interface StepResult extends BatchLoss {
  /** The mean loss of the batch before the update, without penalty: comparable with validation. */
  readonly loss: Tensor;
  readonly outputs: readonly Tensor[];
}
