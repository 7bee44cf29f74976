// Elements taken by their places.

import { sameShape, sizeOf, stridesOf } from "../../../../ir/shape.ts";
import type { Tensor } from "../../../../runtime/values/tensor.ts";
import { part } from "../../../../tensor/arranging/roll.ts";
import { equal, less, where } from "../../../../tensor/comparison.ts";
import { fromData, full } from "../../../../tensor/create.ts";
import { add, cast, mul } from "../../../../tensor/elementwise.ts";
import { guarded, take, takeAlongAxis, wrap } from "../../../../tensor/gather.ts";
import { reshape, transpose } from "../../../../tensor/movement.ts";
import type { Call } from "../../core/call.ts";
import { moving, type OpRows, reading } from "../../core/rows.ts";

/** Places as int32, which numbers of any whole type are taken for. */
export const wholePlaces = (x: Tensor): Tensor => cast(x, "int32");

function gather(c: Call): Tensor {
  const x = c.x(0);
  return take(x, wholePlaces(c.x(1)), c.axis(c.int("axis", 0), x.rank));
}

/** Other axes may be shorter among the places. */
function gatherElements(c: Call): Tensor {
  const [x, at] = [c.x(0), c.x(1)];
  const axis = c.axis(c.int("axis", 0), x.rank);
  if (at.rank !== x.rank) throw c.refuse("expected places with as many axes as the data");
  const cut = at.type.shape.reduce((y, dim, i) => (i === axis ? y : part(y, i, 0, dim)), x);
  return takeAlongAxis(cut, wholePlaces(at), axis);
}

/** Flat places [..., n] of index vectors [..., n, k] into the axes `dims`. */
export function flatPlaces(at: Tensor, dims: readonly number[]): Tensor {
  const k = dims.length;
  const strides = stridesOf(dims);
  const parts = dims.map((dim, i) => {
    const one = reshape(part(at, at.rank - 1, i, i + 1), at.type.shape.slice(0, -1));
    return wrap("places", one, 0, [dim]);
  });
  if (k === 0) return full(at.type.shape.slice(0, -1), 0, "int32");
  const flat = parts.map((one, i) => mul(one, strides[i]!)).reduce((a, b) => add(a, b));
  return guarded(flat, parts, dims);
}

function gatherND(c: Call): Tensor {
  const [x, at] = [c.x(0), wholePlaces(c.x(1))];
  const batch = c.int("batch_dims", 0);
  const k = at.type.shape.at(-1) ?? 0;
  const lead = x.type.shape.slice(0, batch);
  if (
    batch < 0 ||
    batch >= at.rank ||
    batch + k > x.rank ||
    !sameShape(lead, at.type.shape.slice(0, batch))
  ) {
    throw c.refuse("data and places do not fit each other");
  }
  const dims = x.type.shape.slice(batch, batch + k);
  const rest = x.type.shape.slice(batch + k);
  const rows = reshape(x, [sizeOf(lead) * sizeOf(dims), ...rest]);
  const inner = flatPlaces(at, dims);
  const starts = fromData(
    Int32Array.from({ length: sizeOf(lead) }, (_, i) => i * sizeOf(dims)),
    [...lead, ...inner.type.shape.slice(batch).map(() => 1)],
  );
  return take(rows, batch === 0 ? inner : add(inner, starts), 0);
}

/** depth, and the two numbers off and on. */
function hot(c: Call): Tensor {
  const depth = c.number(1);
  if (!(depth >= 0 && depth < 2 ** 28)) throw c.refuse(`depth ${depth} is not possible`);
  const at = wholePlaces(c.x(0));
  c.sized([...at.type.shape, depth]);
  const wrapped = where(less(at, 0), add(at, depth), at);
  const axis = c.axis(c.int("axis", -1), at.rank + 1);
  const known = fromData(
    Int32Array.from({ length: depth }, (_, i) => i),
    [depth],
  );
  // Not oneHot(): places outside give a row of off.
  const last = equal(reshape(wrapped, [...wrapped.type.shape, 1]), known);
  const order = at.type.shape.map((_, i) => i).toSpliced(axis, 0, at.rank);
  const mask = transpose(last, order);
  const values = c.x(2);
  const value = (i: number) => reshape(part(values, 0, i, i + 1), []);
  c.says(0, c.element(2));
  return where(mask, value(1), value(0));
}

/** Elements of the last axis. */
function arrayFeatures(c: Call): Tensor {
  const at = wholePlaces(c.x(1)).reshape([c.x(1).size]);
  const x = c.x(0);
  return take(x.rank === 1 ? reshape(x, [1, x.size]) : x, at, -1);
}

export const gathers: OpRows = {
  Gather: moving(gather),
  GatherElements: moving(gatherElements),
  GatherND: moving(gatherND),
  OneHot: reading([1, 2], hot),
  ArrayFeatureExtractor: moving(arrayFeatures),
};
