// Along an axis: running products, and differences of neighbours.

import { index } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { axisKind, tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { notEqual } from "../comparison.ts";
import { cast, mul, sub } from "../elementwise.ts";
import { resolveAxis } from "../operands/broadcast.ts";
import { part } from "./roll.ts";

const checkCumprod = signature<typeof cumprod>("cumprod(x, axis?)", tensorKind, axisKind);

/**
 * Running products along an axis; bool and uint8 multiply as int32. Each step multiplies by what stands
 * 1, 2, 4, … places before, so that zeros have the right gradient; results may differ from those of one
 * multiplication after the other by rounding.
 */
export function cumprod<S extends Shape>(x: Tensor<S>, axis = -1): Tensor<S> {
  checkCumprod(arguments);
  const along = resolveAxis("cumprod", x.type.shape, axis);
  const n = x.type.shape[along]!;
  let product: Tensor =
    x.dtype === "bool" || x.dtype === "uint8" ? cast(x as Tensor, "int32") : x.read();
  for (let step = 1; step < n; step *= 2) {
    const later = mul(part(product, along, step, n), part(product, along, 0, n - step));
    product = prims.concat(part(product, along, 0, step), later, { axis: along });
  }
  return product;
}

const checkDiff = signature<typeof diff>("diff(x, times?, axis?)", tensorKind, index, axisKind);

/**
 * Each element less the one before it along an axis, `times` times: every time the axis is one shorter,
 * until it is empty. For bool: whether the two differ.
 * @throws ShapeError for a scalar
 */
export function diff(x: Tensor, times = 1, axis = -1): Tensor {
  checkDiff(arguments);
  if (x.rank === 0) throw new ShapeError("diff: a scalar has no axis");
  const along = resolveAxis("diff", x.type.shape, axis);
  let result = x.read();
  for (let i = 0; i < times && result.type.shape[along]! > 0; i++) {
    const n = result.type.shape[along]!;
    const [later, earlier] = [part(result, along, 1, n), part(result, along, 0, n - 1)];
    result = result.dtype === "bool" ? notEqual(later, earlier) : sub(later, earlier);
  }
  return result;
}
