// Views: how an array is seen through movement ops without being copied.

import { bytesPerElement, type DType } from "../../../ir/dtype.ts";
import type { Node } from "../../../ir/graph.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "../../../ir/shape.ts";

/** An array of a program: the schedule says whose memory it is, the plan where it lies. */
export interface Buffer {
  readonly id: number;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly bytes: number;
}

/** Element [i, j, …] of the view is element offset + i strides[0] + j strides[1] + … of the buffer. */
export interface BufferView<B = Buffer> {
  readonly buffer: B;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

export type MoveName = "reshape" | "transpose" | "expand" | "slice" | "flip";
/** One movement op, applied to a view. */
export type Move = { readonly [N in MoveName]: { op: N; params: Node<N>["params"] } }[MoveName];

export function sizeInBytes(dtype: DType, shape: Shape): number {
  return bytesPerElement(dtype) * sizeOf(shape);
}

export function wholeView<B>(buffer: B, shape: Shape): BufferView<B> {
  return { buffer, shape, strides: stridesOf(shape), offset: 0 };
}

/** The view after a movement op, or null where only a copy can make it (some reshapes). */
export function moved<B>(view: BufferView<B>, move: Move): BufferView<B> | null {
  const { buffer, shape, strides, offset } = view;
  switch (move.op) {
    case "reshape": {
      const next = reshapedStrides(shape, strides, move.params.shape);
      return next && { buffer, shape: move.params.shape, strides: next, offset };
    }
    case "transpose": {
      const { perm } = move.params;
      const pick = (list: readonly number[]) => perm.map((axis) => list[axis]!);
      return { buffer, shape: pick(shape), strides: pick(strides), offset };
    }
    case "expand": {
      const wide = move.params.shape;
      const next = strides.map((stride, axis) => (shape[axis] === wide[axis] ? stride : 0));
      return { buffer, shape: wide, strides: next, offset };
    }
    case "slice": {
      const { start, end, step } = move.params;
      const lengths = shape.map((_, i) => Math.max(0, Math.ceil((end[i]! - start[i]!) / step[i]!)));
      const skipped = start.reduce((sum, at, i) => sum + at * strides[i]!, 0);
      const next = strides.map((stride, i) => stride * step[i]!);
      return { buffer, shape: lengths, strides: next, offset: offset + skipped };
    }
    case "flip": {
      const { axes } = move.params;
      const last = axes.reduce((sum, i) => sum + Math.max(0, shape[i]! - 1) * strides[i]!, 0);
      const next = strides.map((stride, i) => (axes.includes(i) ? -stride : stride));
      return { buffer, shape, strides: next, offset: offset + last };
    }
  }
}

/** True where the view is the whole array in row-major order. */
export function isWhole(view: BufferView<unknown>): boolean {
  return (
    view.offset === 0 &&
    reshapedStrides(view.shape, view.strides, [sizeOf(view.shape)])?.every((s) => s === 1) === true
  );
}

/** Strides under another shape: axes are taken apart, or joined where memory runs through them. */
function reshapedStrides(from: Shape, strides: readonly number[], to: Shape): number[] | null {
  if (sameShape(from, to)) return [...strides];
  if (sizeOf(to) === 0 || sizeOf(to) === 1) return to.map(() => 1);
  const old = from
    .map((length, i) => ({ length, stride: strides[i]! }))
    .filter((a) => a.length > 1);
  const result = new Array<number>(to.length).fill(1);
  let axis = 0;
  let at = 0;
  while (axis < to.length && at < old.length) {
    // The smallest groups of old and new axes with one size; the old ones must be one run of memory.
    const group: number[] = [axis];
    let [wanted, have] = [to[axis++]!, old[at]!.length];
    let last = at++;
    while (wanted !== have) {
      if (wanted < have) {
        group.push(axis);
        wanted *= to[axis++]!;
      } else {
        if (old[last]!.stride !== old[at]!.length * old[at]!.stride) return null;
        have *= old[at]!.length;
        last = at++;
      }
    }
    let stride = old[last]!.stride;
    for (const member of group.reverse()) {
      result[member] = stride;
      stride *= to[member]!;
    }
  }
  return result;
}
