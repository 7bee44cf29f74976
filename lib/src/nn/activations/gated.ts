// Functions that weigh their input by a gate between 0 and 1: GELU, SiLU, Mish.

import { expectArgument, finite } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { add, clip, erf, mul, sigmoid, tanh } from "../../tensor/elementwise.ts";
import { softplus } from "./relu.ts";
import { hardSigmoid } from "./sigmoid.ts";

/** x times the normal distribution function of x (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  return mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1));
}

/** GELU by a hyperbolic tangent, as GPT-2 has it. */
export function geluTanh(x: Tensor): Tensor {
  const near = clip(x, -10, 10); // beyond, tanh is 1 to the last bit and the cube could overflow
  const cube = mul(mul(mul(near, near), near), 0.044715);
  return mul(mul(x, 0.5), add(tanh(mul(add(near, cube), Math.sqrt(2 / Math.PI))), 1));
}

/**
 * x sigmoid(beta x), also called swish (Ramachandran et al. 2017; NNDL 4.1.3): x / 2 at beta = 0, near ReLU where
 * beta is large. SiLU is that of beta = 1.
 */
export function silu(x: Tensor, beta = 1): Tensor {
  expectArgument("silu", "beta", beta, finite);
  return mul(x, sigmoid(beta === 1 ? x : mul(x, beta)));
}

/** SiLU with straight lines for the sigmoid: x max(0, min(1, x / 6 + 1/2)) (Howard et al. 2019). */
export function hardSilu(x: Tensor): Tensor {
  return mul(x, hardSigmoid(x));
}

/** x tanh(softplus(x)) (Misra 2019). */
export function mish(x: Tensor): Tensor {
  return mul(x, tanh(softplus(x)));
}
