// The places of numbers in a sorted vector, found by halving.

import { oneOf } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { showShape } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { isNan, less, lessEqual, logicalAnd, logicalNot, logicalOr, where } from "../comparison.ts";
import { tensor } from "../create.ts";
import { add } from "../elementwise.ts";
import { broadcastTo } from "../operands/broadcast.ts";

const checkSearchSorted = signature<typeof searchSorted>(
  "searchSorted(sorted, values, side?)",
  tensorKind,
  tensorKind,
  oneOf("left", "right"),
);

/**
 * Where each of `values` would be put into the ascending vector `sorted`: how many of its elements are
 * less ("left", the default), or not greater ("right"), int32 in the shape of values. NaN is last.
 * @throws ShapeError unless sorted is a vector, DTypeError where element types differ
 */
export function searchSorted(
  sorted: Tensor,
  values: Tensor,
  side: "left" | "right" = "left",
): Tensor {
  checkSearchSorted(arguments);
  if (sorted.rank !== 1) {
    throw new ShapeError(`searchSorted: expected a vector, received ${showShape(sorted.shape)}`);
  }
  if (sorted.dtype !== values.dtype) lessEqual(sorted, values); // its sentence
  const n = sorted.size;
  const { shape } = values.type;
  let below: Tensor = broadcastTo(tensor(0, "int32"), shape);
  if (n === 0) return below;
  const precedes = (a: Tensor, b: Tensor) =>
    logicalOr(less(a, b), logicalAnd(isNan(b), logicalNot(isNan(a))));
  // The largest power of two first: `below` elements are known to come before.
  for (let step = 2 ** Math.floor(Math.log2(n)); step >= 1; step /= 2) {
    const probe = add(below, step - 1);
    const element = prims.gather(sorted, where(less(probe, n), probe, n - 1));
    const isBefore =
      side === "left" ? precedes(element, values) : logicalNot(precedes(values, element));
    below = where(logicalAnd(less(probe, n), isBefore), add(below, step), below);
  }
  return below;
}
