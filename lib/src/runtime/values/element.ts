// Numbers on their way into a tensor: none changes in silence.

import { ArgumentError } from "../../checks/errors.ts";
import { type DType, RANGES } from "../../ir/dtype.ts";
import { showShape } from "../../ir/shape.ts";

/**
 * A number as an element of this type; for bool anything but 0 is true, as cast() has it.
 * @param op the function that asks, as errors name it
 * @param place where it stands in nested data
 * @throws ArgumentError for a number that the whole numbers of the type do not include
 */
export function element(
  op: string,
  x: number,
  dtype: DType,
  place: readonly number[] = [],
): number {
  if (dtype === "bool") return x === 0 ? 0 : 1;
  const range = RANGES[dtype];
  if (range) expectWithin(op, x, dtype, range, place);
  return x;
}

export function expectWithin(
  op: string,
  x: number,
  dtype: DType,
  [low, high]: readonly [number, number],
  place: readonly number[] = [],
): void {
  if (Number.isInteger(x) && x >= low && x <= high) return;
  const at = place.length > 0 ? ` at ${showShape(place)}` : "";
  throw new ArgumentError(
    Number.isInteger(x)
      ? `${op}: ${x}${at} does not fit the tensor's element type ${dtype}. Convert it with cast().`
      : `${op}: ${x}${at} is not a whole number, but the tensor is ${dtype}. Convert it with cast().`,
  );
}
