// Where in memory the elements of a view lie at a point of a kernel's index space.

import { bytesPerElement } from "../../../../ir/dtype.ts";
import {
  type Expr,
  type FunctionBuilder,
  type Local,
  type Operand,
  plus,
  times,
  toExpr,
} from "../../code/index.ts";
import type { BufferView } from "../../lower/view.ts";
import { type ArrayPlace, addressOf } from "../../memory/place.ts";

/** A point, or some side by side along one axis: up to four, or eight as two vectors. */
export interface Point {
  readonly index: readonly Operand[];
  readonly lanes: number;
  /** The axis along which lanes run: by default the last. */
  readonly axis?: number;
  /** How many elements further along that axis than the index says. */
  readonly ahead?: number;
  /** What the head of the kernel gave here: one vector, two, or a number. */
  readonly heads?: readonly Local[];
  /** The addresses at the index, kept for all that stands ahead of it. */
  readonly kept?: KeptAddresses;
}

/** An address, and the bytes to add to it. */
export interface ElementAddress {
  readonly address: Operand;
  readonly offset: number;
}

export type KeptAddresses = Map<BufferView<ArrayPlace>, ElementAddress>;

/** For each view the start of its row, and its only element there where it has one. */
export type RowPointers = ReadonlyMap<
  BufferView<ArrayPlace>,
  { readonly base: Expr; readonly offset: number; readonly splat: Local | null }
>;

export function laneAxisOf({ axis, index }: Point): number {
  return axis ?? index.length - 1;
}

/** Of the element at the point, or of the first of several. */
export function addressAt(
  f: FunctionBuilder,
  view: BufferView<ArrayPlace>,
  point: Point,
  pointers: RowPointers | undefined,
): ElementAddress {
  const { ahead = 0, kept } = point;
  let found = kept?.get(view);
  if (!found) {
    found = atIndex(view, point, pointers);
    if (kept) {
      const { address, offset } = found;
      if (toExpr(address).kind === "op") found = { address: f.keep(address, "at"), offset };
      kept.set(view, found);
    }
  }
  if (ahead === 0) return found;
  const bytes = ahead * (view.strides[laneAxisOf(point)] ?? 0) * bytesPerElement(view.buffer.dtype);
  const { address, offset } = found;
  return bytes < 0
    ? { address: plus(address, bytes), offset }
    : { address, offset: offset + bytes };
}

function atIndex(
  view: BufferView<ArrayPlace>,
  { index }: Point,
  pointers: RowPointers | undefined,
): ElementAddress {
  const row = pointers?.get(view);
  if (!row) {
    const { base, offset } = rowOf(view, index);
    return { address: base, offset };
  }
  const last = index.length - 1;
  if (last < 0) return { address: row.base, offset: row.offset };
  const step = view.strides[last]! * bytesPerElement(view.buffer.dtype);
  return { address: plus(row.base, times(index[last]!, step)), offset: row.offset };
}

/** Where the row of a view starts that these indices of the outer axes choose. */
export function rowOf(
  view: BufferView<ArrayPlace>,
  outer: readonly Operand[],
): { base: Expr; offset: number } {
  const size = bytesPerElement(view.buffer.dtype);
  const start = addressOf(view.buffer);
  let { base } = start;
  outer.forEach((at, axis) => {
    base = plus(base, times(at, view.strides[axis]! * size));
  });
  const offset = start.offset + view.offset * size;
  // An address is not taken modulo 2^32, so what runs backwards must start with its offset added.
  if (view.strides.some((stride) => stride < 0)) return { base: plus(base, offset), offset: 0 };
  if (base.kind === "const") return { base: toExpr(0), offset: base.value + offset };
  return { base, offset };
}
