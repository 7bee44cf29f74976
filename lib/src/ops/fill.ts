// Constants that rules need: a number spread over a type.

import { allocate } from "../ir/dtype.ts";
import type { Value } from "../ir/graph.ts";
import type { Builder } from "../ir/op-table.ts";
import type { TensorType } from "../ir/type.ts";

/** `value` in every element of a tensor of this type. */
export function fill(o: Builder<Value>, type: TensorType, value: number): Value {
  const data = allocate(type.dtype, 1);
  data[0] = value;
  const scalar = o.constant({ data, dtype: type.dtype, shape: [] });
  return spread(o, scalar, type.shape);
}

export function fillZeros(o: Builder<Value>, type: TensorType): Value {
  return fill(o, type, 0);
}

/** A scalar copied over a shape. */
export function spread(o: Builder<Value>, scalar: Value, shape: readonly number[]): Value {
  if (shape.length === 0) return scalar;
  const ones = o.reshape(scalar, { shape: shape.map(() => 1) });
  return o.expand(ones, { shape });
}
