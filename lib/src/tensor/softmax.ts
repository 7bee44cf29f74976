// Exponentials over an axis, shifted so that they do not overflow: softmax, its log, logSumExp.

import { flag } from "../checks/arguments.ts";
import { signature } from "../checks/signature.ts";
import { expectDType, FLOATS } from "../ops/define.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { composed } from "../runtime/interpreter/composed.ts";
import { axisKind, tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type { Shape } from "../shapes/index.ts";
import { less, where } from "./comparison.ts";
import { abs, add, div, log, sub } from "./elementwise.ts";
import { resolveAxis } from "./operands/broadcast.ts";
import { max, sum } from "./reduce.ts";
import { logOfSum } from "./scale.ts";

const checkLogSumExp = signature<typeof logSumExp>(
  "logSumExp(x, axis?, keepDims?)",
  tensorKind,
  axisKind,
  flag,
);

/** log of the sum of exponentials over one axis, without overflow; of nothing -Infinity. */
export function logSumExp(x: Tensor, axis = -1, keepDims = false): Tensor {
  checkLogSumExp(arguments);
  expectDType("logSumExp", x.type, FLOATS);
  const top = prims.stopGradient(max(x, axis, true));
  // Infinite maxima must not be subtracted: -inf - -inf would be NaN.
  const finite = where(less(abs(top), Number.POSITIVE_INFINITY), top, 0);
  const total = add(logOfSum(sum(prims.exp(sub(x, finite)), axis, true)), finite);
  if (keepDims) return total;
  const at = resolveAxis("logSumExp", x.type.shape, axis);
  return prims.reshape(total, { shape: x.type.shape.filter((_, i) => i !== at) });
}

const checkSoftmax = signature<typeof softmax>("softmax(x, axis?)", tensorKind, axisKind);

/** exp(x_i) / sum_j exp(x_j) over one axis, without overflow. */
export function softmax<S extends Shape>(x: Tensor<S>, axis = -1): Tensor<S> {
  checkSoftmax(arguments);
  return composed(`softmax ${axis}`, [x], (input) => {
    const powers = prims.exp(belowTop("softmax", input, axis));
    return div(powers, sum(powers, axis, true));
  });
}

const checkLogSoftmax = signature<typeof logSoftmax>("logSoftmax(x, axis?)", tensorKind, axisKind);

/** log(softmax(x)) over one axis, exact far from the maximum. */
export function logSoftmax<S extends Shape>(x: Tensor<S>, axis = -1): Tensor<S> {
  checkLogSoftmax(arguments);
  return composed(`logSoftmax ${axis}`, [x], (input) => {
    const shifted = belowTop("logSoftmax", input, axis);
    return sub(shifted, log(sum(prims.exp(shifted), axis, true)));
  });
}

/** x minus its maximum over an axis, which no derivative sees: adding a constant changes nothing. */
function belowTop(op: string, x: Tensor, axis: number): Tensor {
  expectDType(op, x.type, FLOATS);
  return sub(x, prims.stopGradient(max(x, axis, true)));
}
