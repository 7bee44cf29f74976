// The loss of a network's result: from the net input where the last activation allows it.

import type { LayerResult } from "../nn/layers/layer.ts";
import { type Loss, lossOf, meanLoss } from "../nn/losses/index.ts";
import type { Tensor } from "../runtime/tensor.ts";

/**
 * The mean loss over a batch, a scalar. A cross-entropy behind its own activation is computed from the
 * net input: its logarithm is then exact far into saturation.
 */
export function lossOfResult(loss: Loss, target: Tensor, { y, logits }: LayerResult): Tensor {
  const fits = loss.logits !== undefined && loss.logits === logits?.activation;
  if (!fits || loss.config["fromLogits"] === true) return meanLoss(loss, target, y);
  const fused = lossOf({ ...loss.config, name: loss.name, fromLogits: true });
  return meanLoss(fused, target, logits.z);
}
