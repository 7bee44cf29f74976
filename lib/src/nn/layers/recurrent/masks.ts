// Which steps of sequences count: a mask says it step by step, a length of all steps from the first.

import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { equal, less, notEqual, where } from "../../../tensor/comparison.ts";
import { arange } from "../../../tensor/create.ts";
import { cast, floor } from "../../../tensor/elementwise.ts";
import { expandDims, reshape, swapAxes } from "../../../tensor/movement.ts";

/**
 * @param mask of one example: [steps], or of lengths [] or [1]; a mask of one step is its length
 * @throws ShapeError for another shape
 */
export function expectMaskOrLength(kind: string, input: Shape, mask: Shape): void {
  const isLength = mask.length === 0 || (mask.length === 1 && mask[0] === 1);
  if (isLength || (mask.length === 1 && mask[0] === input[0])) return;
  throw new ShapeError(
    `${kind}: expected a mask [${input[0]}], a number for each step of ${showShape(input)}, or a ` +
      `length [], received ${showShape(mask)}`,
  );
}

/**
 * Where steps count, bool [batch, steps].
 * @param given a mask [batch, steps], not 0 where a step counts; or lengths [batch] or [batch, 1]
 * @throws ArgumentError for lengths that are not whole or longer than the sequence: here where they are known, else
 * where the program runs
 */
export function maskOf(kind: string, given: Tensor, steps: number): Tensor {
  const { shape } = given.type;
  if (shape.length === 2 && (shape[1] !== 1 || steps === 1)) return notEqual(given, 0);
  const { known } = given.read().parts;
  const wrong =
    known && Array.prototype.find.call(known, (n) => !(n >= 0 && n <= steps && n % 1 === 0));
  if (wrong !== undefined) {
    throw new ArgumentError(
      `${kind}: expected lengths from 0 to ${steps}, the steps of a sequence, received ${Number(wrong)}`,
    );
  }
  // A program refuses what no place of this list is; -1 stands for what is not whole.
  const whole = cast(given, "int32");
  const places = isFloat(given.dtype) ? where(equal(floor(given), given), whole, -1) : whole;
  const lengths = prims.gather(arange(steps + 1), reshape(places, [shape[0]!]));
  return less(arange(steps), reshape(lengths, [shape[0]!, 1]));
}

/** [batch, steps] to [steps, batch, 1], as a loop over the steps takes it. */
export function overSteps(mask: Tensor): Tensor {
  return expandDims(swapAxes(mask, 0, 1), 2);
}
