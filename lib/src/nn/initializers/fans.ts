// How many numbers flow into and out of one unit: what the scale of a weight follows from.

import { shape as aShape, expectArgument } from "../../checks/arguments.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";

/** How many numbers flow into one unit and out of it; see fansOf(). */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Fans of a weight: dense [in, out], convolution [...kernel, in, out], where each place of the kernel
 * counts. Of a vector both are its length.
 */
export function fansOf(shape: Shape): Fans {
  expectArgument("fansOf", "its argument", shape, aShape);
  const last = shape.at(-1) ?? 1;
  const field = sizeOf(shape.slice(0, -2));
  return { fanIn: (shape.at(-2) ?? last) * field, fanOut: last * field };
}
