// ReLU's relatives: linear to the right of 0, bent to the left of it.

import { expectArgument, finite, positive } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { greater, where } from "../../tensor/comparison.ts";
import { add, clip, div, expm1, maximum, minimum, mul, neg } from "../../tensor/elementwise.ts";
import { logOnePlusExp } from "./log-one-plus-exp.ts";

/** x to the right of 0, alpha x from 0 to the left. */
export function leakyRelu(x: Tensor, alpha = 0.01): Tensor {
  expectArgument("leakyRelu", "alpha", alpha, finite);
  return where(greater(x, 0), x, mul(x, alpha));
}

/** x to the right of 0, alpha (exp(x) - 1) from 0 to the left. */
export function elu(x: Tensor, alpha = 1): Tensor {
  expectArgument("elu", "alpha", alpha, finite);
  // minimum(0, x) keeps exp finite where its branch is not taken, and its slope at 0 is 1.
  return where(greater(x, 0), x, mul(expm1(minimum(0, x)), alpha));
}

/** x to the right of 0, alpha (exp(x / alpha) - 1) to the left: its slope at 0 is 1 for any alpha (Barron 2017). */
export function celu(x: Tensor, alpha = 1): Tensor {
  expectArgument("celu", "alpha", alpha, positive);
  return where(greater(x, 0), x, mul(expm1(div(minimum(0, x), alpha)), alpha));
}

/** x cut to [0, 6] (Howard et al. 2017). */
export function relu6(x: Tensor): Tensor {
  return clip(x, 0, 6);
}

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** The scaled ELU under which activations keep mean 0 and variance 1 (Klambauer et al. 2017). */
export function selu(x: Tensor): Tensor {
  return mul(elu(x, SELU_ALPHA), SELU_SCALE);
}

/** log(1 + exp(x)), exact on both sides; its slope at 0 is 1/2 (Dugas et al. 2001; NNDL, section 4.1.2). */
export function softplus(x: Tensor): Tensor {
  return add(maximum(x, 0), logOnePlusExp(x));
}

/** log(sigmoid(x)) = -softplus(-x), exact on both sides. */
export function logSigmoid(x: Tensor): Tensor {
  return neg(softplus(neg(x)));
}
