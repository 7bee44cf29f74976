// Piecewise linear relatives of the sigmoid and of tanh.

import { expectArgument, positive } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { abs, add, clip, div, mul } from "../../tensor/elementwise.ts";

/** The line through (0, 1/2), cut to [0, 1]. Its slope is 1/6 in Keras 3 and PyTorch, 1/4 in NNDL. */
export function hardSigmoid(x: Tensor, slope: number = 1 / 6): Tensor {
  expectArgument("hardSigmoid", "slope", slope, positive);
  return clip(add(mul(x, slope), 0.5), 0, 1);
}

/** x cut to [-1, 1]. */
export function hardTanh(x: Tensor): Tensor {
  return clip(x, -1, 1);
}

/** x / (1 + |x|). */
export function softsign(x: Tensor): Tensor {
  return div(x, add(abs(x), 1));
}
