// Index spaces with as few axes as can be: axes of length 1 go, axes that memory runs through join.

import type { Shape } from "../../../../ir/shape.ts";
import { type Expr, type FunctionBuilder, type Local, type Operand, op } from "../../code/index.ts";

/** Anything with strides over an index space. */
interface HasStrides {
  readonly strides: readonly number[];
}

/** How axes of an index space became fewer: each new axis is a run of old ones. */
export interface JoinedAxes {
  readonly lengths: Shape;
  /** For each new axis the last of its old ones, whose stride it takes. */
  readonly last: readonly number[];
}

/** Joins the axes of `shape` wherever every view allows it; the views may have more axes behind. */
export function joinAxes(shape: Shape, views: readonly HasStrides[]): JoinedAxes {
  const lengths: number[] = [];
  const last: number[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const before = last.at(-1);
    const joins =
      before !== undefined &&
      views.every(({ strides }) => strides[before] === strides[axis]! * length);
    if (joins) {
      lengths[lengths.length - 1]! *= length;
      last[last.length - 1] = axis;
    } else {
      lengths.push(length);
      last.push(axis);
    }
  });
  return { lengths, last };
}

/** Strides over the joined axes, then over the axes behind the collapsed ones. */
export function collapseStrides(
  strides: readonly number[],
  { last }: JoinedAxes,
  rank: number,
): number[] {
  return [...last.map((axis) => strides[axis]!), ...strides.slice(rank)];
}

/** The indices of a point from its number in row-major order. */
export function indicesOf(f: FunctionBuilder, number: Operand, lengths: Shape): Operand[] {
  const indices: Operand[] = [];
  let rest: Expr | Operand = number;
  for (let axis = lengths.length - 1; axis > 0; axis--) {
    const length = lengths[axis]!;
    indices.unshift(f.keep(op("i32.rem_u", rest, length), "i"));
    rest = f.keep(op("i32.div_u", rest, length), "rest");
  }
  if (lengths.length > 0) indices.unshift(rest);
  return indices;
}

/** Nested loops over all points of an index space, in row-major order. */
export function forEach(
  f: FunctionBuilder,
  lengths: Shape,
  body: (index: Local[]) => void,
  done: Local[] = [],
): void {
  const [length, ...rest] = lengths;
  if (length === undefined) body(done);
  else f.for(0, length, 1, (i) => forEach(f, rest, body, [...done, i]));
}
