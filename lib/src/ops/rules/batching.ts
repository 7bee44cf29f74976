// Helpers for batching rules: give an operand the new axis 0, or move the op past it.

import type { Value } from "../../ir/graph.ts";
import type { Builder } from "../../ir/op-table.ts";

/** `x` with a leading axis of `size` copies. */
export function addBatch(o: Builder<Value>, x: Value, size: number): Value {
  const { shape } = x.type;
  return o.expand(o.reshape(x, { shape: [1, ...shape] }), { shape: [size, ...shape] });
}

/** All operands with the batch axis: those that lack it are copied along it. */
export function allBatched(
  o: Builder<Value>,
  inputs: readonly Value[],
  context: { readonly batched: readonly boolean[]; readonly size: number },
): Value[] {
  return inputs.map((x, i) => (context.batched[i] ? x : addBatch(o, x, context.size)));
}

/** Axis numbers of the unbatched op, seen from behind the batch axis. */
export function behindBatch(axes: readonly number[]): number[] {
  return axes.map((axis) => axis + 1);
}

/** Merges axis 0 into axis 1, for ops that already loop over examples. */
export function mergeBatch(o: Builder<Value>, x: Value): Value {
  const [size, examples, ...rest] = x.type.shape as [number, number, ...number[]];
  return o.reshape(x, { shape: [size * examples, ...rest] });
}

/** Splits axis 0 into batch and examples again: the inverse of `mergeBatch`. */
export function splitBatch(o: Builder<Value>, x: Value, size: number, examples: number): Value {
  return o.reshape(x, { shape: [size, examples, ...x.type.shape.slice(1)] });
}
