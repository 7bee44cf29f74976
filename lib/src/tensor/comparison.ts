// Comparisons, the logic of bools, and the choice between two tensors, with broadcasting.

import { signature } from "../checks/signature.ts";
import { DTYPES } from "../ir/dtype.ts";
import { expectDType } from "../ops/define.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { operandKind, tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { broadcastShapes, broadcastTo } from "./operands/broadcast.ts";
import {
  type BinaryFunction,
  binary,
  pair,
  type TensorOrNumber,
  type UnaryFunction,
  unary,
} from "./operands/operands.ts";

function compare<Name extends string>(
  name: Name,
  f: (a: Tensor, b: Tensor) => Tensor,
): BinaryFunction<Name> {
  return binary(name, f, DTYPES);
}

function logical<Name extends string>(
  name: Name,
  f: (a: Tensor, b: Tensor) => Tensor,
): BinaryFunction<Name> {
  return binary(name, f, ["bool"]);
}

/** bool: a = b. NaN equals nothing, itself included. */
export const equal: BinaryFunction<"equal"> = compare("equal", (a, b) => prims.eq(a, b));
/** bool: not a = b; true where either is NaN. */
export const notEqual: BinaryFunction<"notEqual"> = compare("notEqual", (a, b) =>
  prims.not(prims.eq(a, b)),
);
/** bool: a < b; false where either is NaN. */
export const less: BinaryFunction<"less"> = compare("less", (a, b) => prims.lt(a, b));
/** bool: a > b; false where either is NaN. */
export const greater: BinaryFunction<"greater"> = compare("greater", (a, b) => prims.lt(b, a));
/** bool: a <= b; false where either is NaN. */
export const lessEqual: BinaryFunction<"lessEqual"> = compare("lessEqual", (a, b) =>
  prims.or(prims.lt(a, b), prims.eq(a, b)),
);
/** bool: a >= b; false where either is NaN. */
export const greaterEqual: BinaryFunction<"greaterEqual"> = compare("greaterEqual", (a, b) =>
  prims.or(prims.lt(b, a), prims.eq(a, b)),
);
/** bool: both. @throws DTypeError for other types than bool */
export const logicalAnd: BinaryFunction<"logicalAnd"> = logical("logicalAnd", (a, b) =>
  prims.and(a, b),
);
/** bool: either, or both. @throws DTypeError for other types than bool */
export const logicalOr: BinaryFunction<"logicalOr"> = logical("logicalOr", (a, b) =>
  prims.or(a, b),
);
/** bool: the opposite. @throws DTypeError for other types than bool */
export const logicalNot: UnaryFunction = unary("logicalNot", (x) => {
  expectDType("logicalNot", x.type, ["bool"]);
  return prims.not(x);
});
/** bool: where x is NaN. */
export const isNan: UnaryFunction = unary("isNan", (x) => prims.not(prims.eq(x, x)));

const checkWhere = signature<typeof where>(
  "where(condition, a, b)",
  tensorKind,
  operandKind,
  operandKind,
);

/** a where the condition holds, b elsewhere; all three broadcast. */
export function where(condition: Tensor, a: TensorOrNumber, b: TensorOrNumber): Tensor {
  checkWhere(arguments);
  const [left, right] = pair("where", a, b);
  const shape = broadcastShapes("where", condition.type.shape, left.type.shape);
  return prims.where(
    broadcastTo(condition, shape),
    broadcastTo(left, shape),
    broadcastTo(right, shape),
  );
}
