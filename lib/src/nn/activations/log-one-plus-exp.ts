// A part of losses and activations that large numbers need care in.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { greater, where } from "../../tensor/comparison.ts";
import { exp, log1p, neg } from "../../tensor/elementwise.ts";

/** log(1 + exp(-|x|)), whose slope at 0 is taken from the left: 1/2. */
export function logOnePlusExp(x: Tensor): Tensor {
  return log1p(exp(where(greater(x, 0), neg(x), x)));
}
