// TF Playground's L1 rule: a link whose weight the penalty drives across 0 is dead for good.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { less, logicalAnd, logicalNot, where } from "../../tensor/comparison.ts";
import { mul, sign } from "../../tensor/elementwise.ts";

/**
 * Weights after a step that stops at zero, and which of them still live; both of the weights' shape.
 */
export interface Crossed {
  readonly weights: Tensor;
  /** bool, false where a link is dead. */
  readonly alive: Tensor;
}

/**
 * @param before the weights after the step along the data's gradient, before the penalty's
 * @param after the weights after both
 * @param alive bool: the links that still live
 */
export function stopAtZero(before: Tensor, after: Tensor, alive: Tensor): Crossed {
  const crossed = less(mul(sign(before), sign(after)), 0);
  const left = logicalAnd(alive, logicalNot(crossed));
  return { weights: where(left, after, 0), alive: left };
}
