// Rows by their places, which are known to be there.

import { prims } from "../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";

/** `take` at places that are counted from 0. */
export function gatherAxis(x: Tensor, places: Tensor, from: number): Tensor {
  if (from === 0) return prims.gather(x, places);
  const order = x.type.shape.map((_, i) => i).filter((i) => i !== from);
  const taken = prims.gather(prims.transpose(x, { perm: [from, ...order] }), places);
  // [places…, before…, after…] to [before…, places…, after…]
  const p = places.rank;
  const span = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);
  const perm = [...span(p, from), ...span(0, p), ...span(p + from, x.rank - 1 - from)];
  return prims.transpose(taken, { perm });
}
