// Matrices and stacks of them: what is checked, and the form [stack, rows, columns] that algorithms take.

import { NumberError, ShapeError } from "../../checks/errors.ts";
import type { DType } from "../../ir/dtype.ts";
import { type Shape, showShape, sizeOf } from "../../ir/shape.ts";
import { expectDType, FLOATS } from "../../ops/define.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { current } from "../../runtime/interpreter/current.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { cast } from "../elementwise.ts";
import { broadcastShapes, broadcasts, broadcastTo } from "../operands/broadcast.ts";

/** @throws DTypeError, ShapeError unless x is a float matrix [..., m, n] of at least one element */
export function expectMatrix(op: string, x: Tensor): { lead: Shape; m: number; n: number } {
  expectDType(op, x.type, FLOATS);
  const { shape } = x.type;
  const [m, n] = shape.slice(-2);
  if (shape.length < 2 || m === 0 || n === 0) {
    throw new ShapeError(
      `${op}: expected a matrix or a stack of matrices, received shape ${showShape(shape)}`,
    );
  }
  return { lead: shape.slice(0, -2), m: m!, n: n! };
}

/** The same of square matrices. The sentence is the one that the compiler shows, too: see SquareError. */
export function expectSquare(op: string, x: Tensor): { lead: Shape; n: number } {
  const { lead, m, n } = expectMatrix(op, x);
  if (m === n) return { lead, n };
  throw new ShapeError(`${op}: expected a square matrix, received shape ${showShape(x.shape)}`);
}

/** [..., m, n] as [stack, m, n]. */
export function merged(x: Tensor): Tensor {
  const { shape } = x.type;
  return prims.reshape(x, { shape: [sizeOf(shape.slice(0, -2)), ...shape.slice(-2)] });
}

/** [stack, …] with its first axis as `lead` again. */
export function parted(x: Tensor, lead: Shape): Tensor {
  return prims.reshape(x, { shape: [...lead, ...x.type.shape.slice(1)] });
}

/** [stack, m, n] as [stack, n, m]. */
export function turned(x: Tensor): Tensor {
  return prims.transpose(x, { perm: [0, 2, 1] });
}

/** Row i has a one at place i: [n, m]. Made where it is used, and not kept. */
export function unitRows(n: number, dtype: DType, m: number = n): Tensor {
  const count = (length: number) => prims.iota({ length, dtype: "int32" });
  const shape = [n, m];
  const rows = prims.expand(prims.reshape(count(n), { shape: [n, 1] }), { shape });
  const columns = prims.expand(prims.reshape(count(m), { shape: [1, m] }), { shape });
  return cast(prims.eq(rows, columns), dtype);
}

/** Row i is one from place i on (or behind it): [n, m]. */
export function suffixes(n: number, dtype: DType, behind: boolean, m: number = n): Tensor {
  const ones = prims.cumsum(unitRows(n, dtype, m), { axis: 1, reverse: false });
  return behind ? prims.sub(ones, unitRows(n, dtype, m)) : ones;
}

/** A system of linear equations as one stack, and the way back to the axes that results have. */
export interface LinearSystem {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly give: (x: Tensor) => Tensor;
}

/**
 * A system's matrices [stack, n, n] and right sides [stack, n, k], with their leading axes made alike, and
 * how results [stack, n, k] are given back. A right side of one axis is a vector, as in NumPy 2.
 * @throws ShapeError where they do not fit
 */
export function system(op: string, a: Tensor, b: Tensor): LinearSystem {
  const { m, n } = expectMatrix(op, a);
  expectDType(op, b.type, [a.dtype]);
  const isVector = b.rank === 1;
  const columns = isVector ? prims.reshape(b, { shape: [b.size, 1] }) : b;
  const says = `${op}: cannot solve ${showShape(a.shape)} for ${showShape(b.shape)}`;
  const [rows, k] = columns.type.shape.slice(-2);
  const [left, right] = [a.type.shape.slice(0, -2), columns.type.shape.slice(0, -2)];
  if (b.rank === 0 || rows !== m) throw new ShapeError(says);
  if (!broadcasts(left, right)) throw new ShapeError(`${says}: leading axes do not broadcast`);
  const lead = broadcastShapes(op, left, right);
  return {
    a: merged(broadcastTo(a, [...lead, m, n])),
    b: merged(broadcastTo(columns, [...lead, m, k!])),
    give: (x: Tensor): Tensor => {
      const whole = parted(x, lead);
      return isVector ? prims.reshape(whole, { shape: [...lead, n] }) : whole;
    },
  };
}

/**
 * Where numbers are known, refuses a result with an element that is zero or not a number, and says which
 * matrix it is of. In a traced function nobody can look: there the numbers say it themselves.
 * @param marks [stack, …]
 */
export function expectNumbers(marks: Tensor, isWrong: (x: number) => boolean, says: string): void {
  if (current.trace) return;
  const { data, type } = marks;
  const at = data.findIndex(isWrong);
  if (at < 0) return;
  const [stack = 1] = type.shape;
  const which = stack > 1 ? ` (matrix ${Math.floor((at * stack) / data.length)} of the stack)` : "";
  throw new NumberError(`${says}${which}`);
}
