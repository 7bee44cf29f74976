// Nested JavaScript arrays to flat data and back.

import { allocate, type DataArray, type DType } from "../ir/dtype.ts";
import { ArgumentError, ShapeError } from "../ir/errors.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import type { TensorType } from "../ir/type.ts";

/** A number or boolean, or arrays of them to any depth, each level of equal lengths. */
export type Nested = number | boolean | readonly Nested[];

/** The nested arrays of row-major data. */
export function nest(data: DataArray, { dtype, shape }: TensorType): Nested {
  let next = 0;
  const build = (axis: number): Nested => {
    if (axis === shape.length) {
      const element = data[next++]!;
      return dtype === "bool" ? element !== 0 : element;
    }
    return Array.from({ length: shape[axis]! }, () => build(axis + 1));
  };
  return build(0);
}

/** The shape of nested arrays, by their first elements. */
export function nestedShape(nested: Nested): number[] {
  const shape: number[] = [];
  for (let level = nested; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}

/**
 * Row-major data of nested arrays.
 * @throws ShapeError where rows have different lengths
 * @throws ArgumentError for what is neither a number nor a boolean
 */
export function flattenNested(nested: Nested, dtype: DType): { data: DataArray; shape: number[] } {
  const shape = nestedShape(nested);
  const data = allocate(dtype, sizeOf(shape));
  let next = 0;
  const fill = (level: Nested, axis: number): void => {
    if (axis === shape.length) {
      if (Array.isArray(level)) throw ragged(shape, axis, level);
      if (typeof level !== "number" && typeof level !== "boolean") throw notNumber(level);
      data[next++] = Number(dtype === "bool" ? Number(level) !== 0 : level);
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[axis]) throw ragged(shape, axis, level);
    for (const inner of level) fill(inner, axis + 1);
  };
  fill(nested, 0);
  return { data, shape };
}

function notNumber(found: unknown): ArgumentError {
  const isObject = typeof found === "object" && found !== null;
  const name = isObject ? (found.constructor?.name ?? "object") : typeof found;
  const what = typeof found === "string" ? JSON.stringify(found) : `a ${name}`;
  const hint = name === "Tensor" ? ". Join tensors with stack()." : "";
  return new ArgumentError(
    `tensor: expected numbers or booleans, received ${found === null ? "null" : what}${hint}`,
  );
}

function ragged(shape: readonly number[], axis: number, found: Nested): ShapeError {
  const what = Array.isArray(found) ? `an array of ${found.length}` : `the element ${found}`;
  return new ShapeError(
    `tensor: rows differ in length: expected shape ${showShape(shape)}, ` +
      `received ${what} at depth ${axis}`,
  );
}
