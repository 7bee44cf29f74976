// Arithmetic on run-time shapes: sizes, strides, axes.

import { ShapeError } from "../checks/errors.ts";

export type Shape = readonly number[];

/** Number of elements of a tensor with this shape; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const dim of shape) size *= dim;
  return size;
}

/** More elements than any array of a JavaScript engine can have, be they bytes. */
const MOST_ELEMENTS = 2 ** 33;

/** @throws ShapeError for more elements than any machine can hold */
export function expectPossible(op: string, shape: Shape): void {
  const size = sizeOf(shape);
  if (size < MOST_ELEMENTS) return;
  throw new ShapeError(
    `${op}: shape ${showShape(shape)} has ${size} elements, ` +
      "more than any array of this machine can hold",
  );
}

/** Row-major strides, in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** `[32, 784]`, as error messages and printed graphs show it. */
export function showShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/** The axes of `shape` that are not in `axes`, in order. */
export function otherAxes(rank: number, axes: readonly number[]): number[] {
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
}

/** `shape` without the given axes. */
export function withoutAxes(shape: Shape, axes: readonly number[]): number[] {
  return shape.filter((_, axis) => !axes.includes(axis));
}
