// The perceptron's step function.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { greater } from "../../tensor/comparison.ts";
import { cast } from "../../tensor/elementwise.ts";

/** 1 to the right of 0, else 0 (Nielsen, chapter 1). Its derivative is 0 everywhere. */
export function step(x: Tensor): Tensor {
  return cast(greater(x, 0), x.dtype);
}
