// The lanes along an axis.

import { type Shape, sizeOf } from "../../../ir/shape.ts";

/** Visits, in row-major order, the first element of every lane along `axis`, and its stride. */
export function eachLane(
  shape: Shape,
  axis: number,
  visit: (first: number, stride: number) => void,
): void {
  const outer = sizeOf(shape.slice(0, axis));
  const inner = sizeOf(shape.slice(axis + 1));
  const span = shape[axis]! * inner;
  for (let i = 0; i < outer; i++) {
    for (let k = 0; k < inner; k++) visit(i * span + k, inner);
  }
}
