// Maxout (Goodfellow et al. 2013): the largest of several net inputs that belong to one unit.

import { ShapeError } from "../../checks/errors.ts";
import { showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { reshape } from "../../tensor/movement.ts";
import { max } from "../../tensor/reduce.ts";

/**
 * [..., units pieces] to [..., units]: the largest of each run of pieces.
 * @throws ShapeError where the last axis does not divide into them
 */
export function largestPiece(x: Tensor, pieces: number): Tensor {
  const { shape } = x.type;
  const units = (shape.at(-1) ?? 0) / pieces;
  if (!Number.isInteger(units) || units === 0) {
    throw new ShapeError(
      `maxout: ${showShape(shape)} does not divide into ${pieces} pieces a unit`,
    );
  }
  return max(reshape(x, [...shape.slice(0, -1), units, pieces]), -1);
}
