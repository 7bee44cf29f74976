// Arrays { dtype, shape, data } as users hand them in: what they say of themselves must be so.

import { expectArgument, oneOf, shape, show } from "../checks/arguments.ts";
import { DTypeError, ShapeError } from "../checks/errors.ts";
import { DTYPES, holds } from "../ir/dtype.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import type { NdArray } from "./define.ts";

/**
 * @param where the function, as errors name it
 * @param name the argument, as errors name it
 * @throws ArgumentError, DTypeError or ShapeError unless data of the element type fill the shape
 */
export function expectArray(where: string, name: string, given: unknown): NdArray {
  const { dtype, shape: lengths, data } = (given ?? {}) as NdArray;
  expectArgument(where, `${name}.dtype`, dtype, oneOf(...DTYPES));
  expectArgument(where, `${name}.shape`, lengths, shape);
  if (!holds(dtype, data)) {
    throw new DTypeError(
      `${where}: expected ${name}.data to be a typed array that holds ${dtype}, ` +
        `received ${show(data)}`,
    );
  }
  if (data.length !== sizeOf(lengths)) {
    throw new ShapeError(
      `${where}: ${name}.data: ${data.length} elements do not fill shape ${showShape(lengths)}`,
    );
  }
  return { dtype, shape: lengths, data };
}
