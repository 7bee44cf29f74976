// Which numbers are finite, and which are close to each other.

import { anything, expectOptions, flag, type Kinds, notNegative } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import { isFloat } from "../../ir/dtype.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { operandKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Broadcast, BroadcastError, Fits, Or, Shape } from "../../shapes/index.ts";
import { equal, isNan, lessEqual, logicalAnd, logicalOr } from "../comparison.ts";
import { full } from "../create.ts";
import { abs, add, cast, mul, sub } from "../elementwise.ts";
import { pair, type TensorOrNumber, type UnaryFunction, unary } from "../operands/operands.ts";
import { all } from "../reduce.ts";

/** bool: where x is a number, and neither infinite nor NaN; true for integers and bool. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name that NumPy and PyTorch give it
export const isFinite: UnaryFunction = unary("isFinite", (x) =>
  isFloat(x.dtype) ? equal(prims.sub(x, x), 0) : full(x.type.shape, true),
);

/** bool: where x is Infinity or -Infinity; false for integers and bool. */
export const isInf: UnaryFunction = unary("isInf", (x) => {
  if (!isFloat(x.dtype)) return full(x.type.shape, false);
  return logicalOr(equal(x, Infinity), equal(x, -Infinity));
});

/** How close is close: |a - b| <= absolute + relative |b|. */
export interface CloseOptions {
  /** The share of |b| that a may differ by: 1e-5 by default. */
  readonly relative?: number;
  /** What a may differ by besides: 1e-8 by default. */
  readonly absolute?: number;
  /** True where NaN counts as close to NaN. */
  readonly equalNan?: boolean;
}

const CLOSE: Kinds<CloseOptions> = {
  relative: notNegative,
  absolute: notNegative,
  equalNan: flag,
};

const checkIsClose = signature<typeof isClose>(
  "isClose(a, b, { relative, absolute, equalNan })",
  operandKind,
  operandKind,
  anything,
);

/**
 * bool: where |a - b| <= absolute + relative |b|, as NumPy's `isclose` has it; an infinity is close to
 * itself alone, NaN to nothing unless `equalNan`. Integers and bool are compared as float64.
 * @throws ShapeError where shapes do not broadcast, DTypeError where element types differ
 */
export function isClose<A extends Shape = [], B extends Shape = []>(
  a: Tensor<A> | number,
  b: Fits<Broadcast<A, B>, Tensor<B> | number, BroadcastError<"isClose", A, B>>,
  options: CloseOptions = {},
): Tensor<Or<Broadcast<A, B>>> {
  checkIsClose(arguments);
  return close("isClose", a, b as TensorOrNumber, options);
}

const checkAllClose = signature<typeof allClose>(
  "allClose(a, b, { relative, absolute, equalNan })",
  operandKind,
  operandKind,
  anything,
);

/**
 * bool[]: whether a and b are close everywhere; see `isClose`. A tensor, since the answer may be traced:
 * `if (allClose(a, b).item())`. True of no elements at all.
 * @throws ShapeError where shapes do not broadcast, DTypeError where element types differ
 */
export function allClose<A extends Shape = [], B extends Shape = []>(
  a: Tensor<A> | number,
  b: Fits<Broadcast<A, B>, Tensor<B> | number, BroadcastError<"allClose", A, B>>,
  options: CloseOptions = {},
): Tensor<[]> {
  checkAllClose(arguments);
  return all(close("allClose", a, b as TensorOrNumber, options)) as Tensor<[]>;
}

function close(op: string, a: TensorOrNumber, b: TensorOrNumber, options: CloseOptions): Tensor {
  expectOptions(op, options, CLOSE);
  const { relative = 1e-5, absolute = 1e-8, equalNan = false } = options;
  const [x, y] = pair(op, a, b).map((v) => (isFloat(v.dtype) ? v : cast(v, "float64"))) as [
    Tensor,
    Tensor,
  ];
  const near = lessEqual(abs(sub(x, y)), add(mul(abs(y), relative), absolute));
  // Beside an infinity everything finite would be near: Infinity <= Infinity.
  const isNear = logicalAnd(near, logicalAnd(isFinite(x), isFinite(y)));
  const isSame = logicalOr(equal(x, y), isNear);
  return equalNan ? logicalOr(isSame, logicalAnd(isNan(x), isNan(y))) : isSame;
}
