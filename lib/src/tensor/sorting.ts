// Sorting along an axis.

import { flag, number } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { showShape } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { axisKind, tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { gatherRows } from "./gather.ts";
import { at } from "./indexing.ts";
import { resolveAxis } from "./operands/broadcast.ts";

const checkSort = signature<typeof sort>("sort(x, axis?, descending?)", tensorKind, axisKind, flag);

/** Elements in ascending (or descending) order along an axis; NaN last, either way. */
export function sort(x: Tensor, axis = -1, descending = false): Tensor {
  checkSort(arguments);
  const along = resolveAxis("sort", x.type.shape, axis);
  return gatherRows(x, argsort(x, along, descending), along);
}

const checkArgsort = signature<typeof argsort>(
  "argsort(x, axis?, descending?)",
  tensorKind,
  axisKind,
  flag,
);

/** Places of the elements in sorted order, int32; equal elements keep their order, NaN is last. */
export function argsort(x: Tensor, axis = -1, descending = false): Tensor {
  checkArgsort(arguments);
  return prims.argsort(x, { axis: resolveAxis("argsort", x.type.shape, axis), descending });
}

const checkTopK = signature<typeof topK>("topK(x, k, axis?)", tensorKind, number, axisKind);

/** The k largest elements along an axis, largest first, and their places; NaN comes after all numbers. */
export function topK(x: Tensor, k: number, axis = -1): { values: Tensor; indices: Tensor } {
  checkTopK(arguments);
  const along = resolveAxis("topK", x.type.shape, axis);
  const length = x.type.shape[along]!;
  if (!(Number.isInteger(k) && k >= 0 && k <= length)) {
    throw new ArgumentError(`topK: k = ${k} is outside 0..${length} for ${showShape(x.shape)}`);
  }
  const ranges = x.type.shape.map((_, i) => (i === along ? `0:${k}` : ":"));
  const indices = at(argsort(x, along, true), ...ranges);
  return { values: gatherRows(x, indices, along), indices };
}
