// A batch folded into groups or channels of a convolution, and taken out of them again.

import type { Value } from "../../../ir/graph.ts";
import type { Builder } from "../../../ir/op-table.ts";

/** Folds the batch axis of x into the unbatched `axis`, within each of its `groups` equal parts. */
export function merge(o: Builder<Value>, x: Value, axis: number, groups = 1): Value {
  const [size, ...shape] = x.type.shape as [number, ...number[]];
  const before = shape.slice(0, axis);
  const after = shape.slice(axis + 1);
  const length = shape[axis]!;
  const parts = o.reshape(x, { shape: [size, ...before, groups, length / groups, ...after] });
  // [size, before, groups, part, after] -> [before, groups, size, part, after]
  const places = parts.type.shape.map((_, place) => place);
  const perm = [...places.slice(1, axis + 2), 0, ...places.slice(axis + 2)];
  const moved = o.transpose(parts, { perm });
  return o.reshape(moved, { shape: [...before, size * length, ...after] });
}

/** Takes a batch axis of `size` out of `axis` again: the inverse of `merge`. */
export function splitGroups(
  o: Builder<Value>,
  y: Value,
  axis: number,
  groups: number,
  size: number,
): Value {
  const { shape } = y.type;
  const before = shape.slice(0, axis);
  const after = shape.slice(axis + 1);
  const length = shape[axis]! / size;
  const parts = o.reshape(y, { shape: [...before, groups, size, length / groups, ...after] });
  // [before, groups, size, part, after] -> [size, before, groups, part, after]
  const places = parts.type.shape.map((_, place) => place);
  const perm = [axis + 1, ...places.slice(0, axis + 1), ...places.slice(axis + 2)];
  return o.reshape(o.transpose(parts, { perm }), { shape: [size, ...before, length, ...after] });
}
