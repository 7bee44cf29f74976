// The loss of a network's result: from the net input where the last activation allows it.

import type { LayerResult } from "../../nn/layers/layer.ts";
import type { Loss } from "../../nn/losses/index.ts";
import { averageLoss, meanLoss } from "../../nn/losses/mean-loss.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/**
 * The mean loss over a batch, a scalar. A cross-entropy behind its own activation is computed from the
 * net input: its logarithm is then exact far into saturation.
 */
export function lossOfResult(loss: Loss, target: Tensor, { y, logits }: LayerResult): Tensor {
  const fits = loss.logits !== undefined && loss.logits === logits?.activation;
  if (!fits || !loss.ofLogits) return meanLoss(loss, target, y);
  return averageLoss(loss, loss.ofLogits(target, logits.z), y);
}
