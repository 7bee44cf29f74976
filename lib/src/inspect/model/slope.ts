// The slopes of activation functions, from autodiff.

import type { Activation } from "../../nn/activations/activation.ts";
import { grad } from "../../runtime/derivatives/autodiff.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { sum } from "../../tensor/reduce.ts";

/** f'(z), element by element. */
export function slopeOf(f: Activation, z: Tensor): Tensor {
  return grad((at: Tensor): Tensor<[]> => sum(f.apply(at)))(z);
}
