// What functions on tensors ask beyond the kinds of their arguments: known element types, shapes that
// can be, numbers that fit where a tensor is.

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { FOREIGN_DTYPES } from "../../checks/foreign-dtypes.ts";
import { unknownName } from "../../checks/nearest.ts";
import { DTYPES, type DType, RANGES } from "../../ir/dtype.ts";
import { expectPossible, showShape } from "../../ir/shape.ts";
import { expectWithin } from "../../runtime/values/element.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** @throws ArgumentError with the nearest known name */
export function checkDType(dtype: DType | undefined): void {
  if (dtype === undefined || DTYPES.includes(dtype)) return;
  const name = String(dtype);
  if (Object.hasOwn(FOREIGN_DTYPES, name)) {
    const known = DTYPES.join(", ");
    throw new ArgumentError(
      `Unknown element type "${name}". Write ${FOREIGN_DTYPES[name]}. Expected one of: ${known}.`,
    );
  }
  throw unknownName("element type", name, DTYPES);
}

/** @throws ShapeError unless every length is a whole number >= 0, and an array can be as large */
export function checkShape(op: string, shape: readonly number[]): void {
  if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new ShapeError(
      `${op}: ${showShape(shape)} is not a shape: lengths are whole numbers >= 0`,
    );
  }
  expectPossible(op, shape);
}

/** A number as a tensor that can meet `other`. @throws ArgumentError for 0.5 among integers */
export function numberLike(op: string, value: number, other: Tensor | undefined): Tensor {
  const dtype = other?.dtype ?? "float32";
  const range = RANGES[dtype];
  if (range) expectWithin(op, value, dtype, range);
  return scalar(value, dtype);
}
