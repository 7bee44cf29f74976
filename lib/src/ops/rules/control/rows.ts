// Choices for each example of a batch, where one example has one answer.

import type { Value } from "../../../ir/graph.ts";
import type { Builder } from "../../../ir/op-table.ts";

/** Row i of `a` where flags[i] holds, of `b` elsewhere. Flags [size], rows [size, …]. */
export function chooseRows(o: Builder<Value>, flags: Value, a: Value, b: Value): Value {
  const { shape } = a.type;
  const [size = 1, ...rest] = shape;
  if (rest.length === 0) return o.where(flags, a, b);
  const wide = o.reshape(flags, { shape: [size, ...rest.map(() => 1)] });
  return o.where(o.expand(wide, { shape }), a, b);
}
