// The lines along an axis.

import { type Shape, sizeOf } from "../../../../ir/shape.ts";
import { type Operand, op, plus, times } from "../../code/index.ts";

interface Lines {
  readonly length: number;
  readonly inner: number;
  readonly count: number;
  readonly first: (line: Operand) => Operand;
}

/** The lines along an axis: [outer, length, inner], and where the first element of a line stands. */
export function linesAlong(shape: Shape, axis: number): Lines {
  const length = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const count = sizeOf(shape.slice(0, axis)) * inner;
  const first = (line: Operand) =>
    plus(times(op("i32.div_u", line, inner), length * inner), op("i32.rem_u", line, inner));
  return { length, inner, count: length === 0 ? 0 : count, first };
}
