// What must be looked for: the largest, those that differ, those that are not 0.

import { stridesOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { fromData, tensor } from "../../../../tensor/create.ts";
import { take, takeAlongAxis } from "../../../../tensor/gather.ts";
import { argsort } from "../../../../tensor/sorting.ts";
import type { Call } from "../../core/call.ts";
import { INT64 } from "../../core/elements.ts";
import { computing, moving, type OpRows, reading } from "../../core/rows.ts";

function topK(c: Call): Tensor[] {
  const x = c.x(0);
  const k = c.opset < 10 ? c.int("k") : c.number(1);
  c.ignore("sorted");
  const axis = c.axis(c.int("axis", -1), x.rank);
  const largest = c.flag("largest", true);
  const n = x.type.shape[axis]!;
  if (!Number.isInteger(k) || k < 0 || k > n) throw c.refuse(`k is ${k}, of ${n} elements`);
  const order = part(argsort(x, axis, largest), axis, 0, k);
  c.says(1, INT64);
  return [takeAlongAxis(x, order, axis), order];
}

/** Places of what is not 0, one column each. */
function nonZero(c: Call): Tensor {
  const x = c.x(0);
  const numbers = c.numbers(0);
  const flat = numbers.flatMap((v, i) => (v !== 0 ? [i] : []));
  const strides = stridesOf(x.type.shape);
  const rank = Math.max(x.rank, 1);
  const data = new Int32Array(rank * flat.length);
  flat.forEach((place, column) => {
    for (let axis = 0; axis < x.rank; axis++) {
      data[axis * flat.length + column] = Math.floor(place / strides[axis]!) % x.type.shape[axis]!;
    }
  });
  c.says(0, INT64);
  return fromData(data, [rank, flat.length]);
}

/** Slices where the condition holds. */
function compress(c: Call): Tensor {
  const x = c.x(0);
  const at = c.numbers(1).flatMap((v, i) => (v !== 0 ? [i] : []));
  const ids = tensor(at, "int32").reshape([at.length]);
  if (!c.has("axis")) return take(x.reshape([x.size]), ids, 0);
  return take(x, ids, c.axis(c.int("axis"), x.rank));
}

/** Different elements or slices, where each was first, and how often. */
function unique(c: Call): Tensor[] {
  const given = c.x(0);
  const sorted = c.flag("sorted", true);
  const isFlat = !c.has("axis");
  const x = isFlat ? given.reshape([given.size]) : given;
  const axis = isFlat ? 0 : c.axis(c.int("axis"), given.rank);
  c.numbers(0);
  const n = x.type.shape[axis]!;
  const rows = Array.from({ length: n }, (_, i) => Array.from(part(x, axis, i, i + 1).data));
  const groups = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const key = row.map((v) => (v === 0 ? 0 : v)).join(",");
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  const list = [...groups.values()];
  if (sorted) list.sort((a, b) => compareRows(rows[a[0]!]!, rows[b[0]!]!));
  const inverse = new Int32Array(n);
  list.forEach((group, at) => {
    for (const i of group) inverse[i] = at;
  });
  const firsts = Int32Array.from(list, ([first]) => first!);
  const counts = Int32Array.from(list, (group) => group.length);
  for (const output of [1, 2, 3]) c.says(output, INT64);
  const values = take(x, fromData(firsts, [firsts.length]), axis);
  return [values, ...[firsts, inverse, counts].map((data) => fromData(data, [data.length]))];
}

function compareRows(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((v, i) => v !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

export const found: OpRows = {
  TopK: moving(topK, [1]),
  NonZero: reading([0], nonZero),
  Compress: moving(compress, [1]),
  Unique: computing(unique, { short: "moves" }),
};
