// Roots of sums of squares: of numbers whose squares overflow or vanish, and where the sum is zero.

import type { DType } from "../ir/dtype.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { greater, less, notEqual, where } from "./comparison.ts";
import { full } from "./create.ts";
import { log, sqrt } from "./elementwise.ts";

/** Numbers beyond 2^edge, or below 2^-edge, are brought into range by 2^shift before they are squared. */
const RANGES: { readonly [D in DType]?: { readonly edge: number; readonly shift: number } } = {
  float32: { edge: 40, shift: 88 },
  float64: { edge: 400, shift: 624 },
};

/**
 * The power of two to multiply floats by before they are squared, where `top` is the largest size
 * among them: 1 unless they are very large or very small, so that ordinary sums keep their bits. No
 * derivative sees it, since the result is divided by it again.
 */
export function squareScale(top: Tensor): Tensor {
  const { edge, shift } = RANGES[top.dtype]!;
  const size = prims.stopGradient(top);
  const up = full([], 2 ** shift, top.dtype);
  return where(greater(size, 2 ** edge), 2 ** -shift, where(less(size, 2 ** -edge), up, 1));
}

/** sqrt(x) for a sum of squares: where it is 0 its slope is taken as 0, in place of 1 / 0. */
export const rootOfSquares: (x: Tensor) => Tensor = flatAtZero(sqrt);

/** log(x) for a sum of positive terms, all of which may have vanished: -Infinity then, of slope 0. */
export const logOfSum: (x: Tensor) => Tensor = flatAtZero(log);

/** f(x), with a slope of 0 where x is 0. NaN is not 0, and goes through f. */
function flatAtZero(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor {
  return (x) => {
    const isSome = notEqual(x, 0);
    return where(isSome, f(where(isSome, x, 1)), prims.stopGradient(f(full([], 0, x.dtype))));
  };
}
