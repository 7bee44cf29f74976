// Axes merged into one, for `ravel(x)` and `x.flatten()`, whose errors each say the name that was called.

import { sizeOf } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { resolveAxis } from "./broadcast.ts";

/** All axes from `from` on merged into one. */
export function mergeAxes(name: string, x: Tensor, from: number): Tensor {
  const first = x.rank === 0 && from === 0 ? 0 : resolveAxis(name, x.type.shape, from);
  const lead = x.type.shape.slice(0, first);
  return prims.reshape(x, { shape: [...lead, sizeOf(x.type.shape.slice(first))] });
}
