// A tensor as files hold it, and the checks that every format makes on one.

import { show } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { type DataArray, DTYPES, holds } from "../ir/dtype.ts";
import { type Shape, showShape, sizeOf } from "../ir/shape.ts";
import { showType, type TensorType } from "../ir/type.ts";

/** A dense row-major array. */
export interface StoredTensor extends TensorType {
  readonly data: DataArray;
}

/** Elements of a shape that a file claims; undefined when they are too many to be counted exactly. */
export function countElements(shape: Shape): number | undefined {
  const size = sizeOf(shape);
  return Number.isSafeInteger(size) ? size : undefined;
}

/** The first place of `data` that is neither 0 nor 1, or -1. */
export function findNonBoolean(data: DataArray): number {
  return data.findIndex((byte) => byte > 1);
}

/**
 * Checks a tensor that is to be written.
 * @throws ArgumentError when its shape, element type and data do not belong together
 */
export function expectStorable(what: string, tensor: StoredTensor): void {
  if (typeof tensor !== "object" || tensor === null) {
    throw new ArgumentError(`${what}: expected { dtype, shape, data }, received ${show(tensor)}`);
  }
  const { dtype, shape, data } = tensor;
  if (!DTYPES.includes(dtype)) {
    throw new ArgumentError(
      `${what}: expected a dtype of ${DTYPES.join(", ")}, received ${show(dtype)}`,
    );
  }
  if (!Array.isArray(shape)) {
    throw new ArgumentError(
      `${what}: expected a shape, a list of numbers, received ${show(shape)}`,
    );
  }
  if (shape.some((dim) => !Number.isSafeInteger(dim) || dim < 0)) {
    throw new ArgumentError(`${what}: ${showShape(shape)} is not a shape`);
  }
  if (!holds(dtype, data)) {
    throw new ArgumentError(
      `${what}: a ${dtype} tensor cannot keep its data in this kind of array`,
    );
  }
  const size = sizeOf(shape);
  if (data.length !== size) {
    throw new ArgumentError(
      `${what}: expected ${size} elements for ${showType({ dtype, shape })}, received ${data.length}`,
    );
  }
  const place = dtype === "bool" ? findNonBoolean(data) : -1;
  if (place >= 0) {
    throw new ArgumentError(`${what}: expected booleans 0 or 1, received ${data[place]}`);
  }
}
