// How large a network may be: checked before anything of it is made.

import { ShapeError } from "../../checks/errors.ts";
import { type Shape, showShape, sizeOf } from "../../ir/shape.ts";
import type { FloatDType } from "../layers/layer.ts";

/**
 * For all parameters together, and for one example at one place. An engine's memory reaches 4 GiB, and
 * a step of training holds parameters and their gradients at once.
 */
const MOST_BYTES = 2 ** 31;

const BYTES: Readonly<Record<FloatDType, number>> = { float32: 4, float64: 8 };

/** @throws ShapeError for an example that no engine could hold */
export function expectSize(what: string, shape: Shape): void {
  const bytes = sizeOf(shape) * BYTES.float32;
  if (bytes <= MOST_BYTES) return;
  throw new ShapeError(
    `${what}: an example ${showShape(shape)} takes ${inGiB(bytes)}; ${inGiB(MOST_BYTES)} is the most`,
  );
}

/**
 * @param shapes of the parameters of each layer, by the layer's name
 * @throws ShapeError where they are too large together, naming the layer with the most
 */
export function expectParameters(
  shapes: ReadonlyMap<string, readonly Shape[]>,
  dtype: FloatDType,
): void {
  let total = 0;
  let largest = { name: "", count: 0 };
  for (const [name, own] of shapes) {
    const count = own.reduce((sum, shape) => sum + sizeOf(shape), 0);
    total += count * BYTES[dtype];
    if (count > largest.count) largest = { name, count };
  }
  if (total <= MOST_BYTES) return;
  const { name, count } = largest;
  throw new ShapeError(
    `layer "${name}": its ${count.toLocaleString("en-US")} parameters take ` +
      `${inGiB(count * BYTES[dtype])}, all layers together ${inGiB(total)}; ` +
      `${inGiB(MOST_BYTES)} is the most that can be trained`,
  );
}

function inGiB(bytes: number): string {
  const gib = bytes / 2 ** 30;
  return `${gib < 1e6 ? Number(gib.toPrecision(3)) : gib.toExponential(2)} GiB`;
}
