// The type of a value: element type and shape.

import type { DType } from "./dtype.ts";
import { type Shape, sameShape, showShape } from "./shape.ts";

/** What is known of a tensor before it has numbers. */
export interface TensorType {
  readonly dtype: DType;
  readonly shape: Shape;
}

export function sameType(a: TensorType, b: TensorType): boolean {
  return a.dtype === b.dtype && sameShape(a.shape, b.shape);
}

/** `float32[32, 784]`; a scalar is `float32[]`. */
export function showType(type: TensorType): string {
  return `${type.dtype}${showShape(type.shape)}`;
}
