// Triangles and diagonals of matrices, and of stacks of them.

import { whole } from "../../checks/arguments.ts";
import { ShapeError } from "../../checks/errors.ts";
import { signature } from "../../checks/signature.ts";
import { allocate } from "../../ir/dtype.ts";
import { showShape, sizeOf } from "../../ir/shape.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { DiagonalMatrix, Diagonals, Shape } from "../../shapes/index.ts";
import { where } from "../comparison.ts";
import { zerosLike } from "../create.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { sum } from "../reduce.ts";

const checkTril = signature<typeof tril>("tril(x, offset?)", tensorKind, whole);

/**
 * The lower triangle of each matrix [..., m, n], zeros above: what stands on or below the diagonal that
 * lies `offset` columns to the right.
 * @throws ShapeError for fewer than two axes
 */
export function tril<S extends Shape>(x: Tensor<S>, offset = 0): Tensor<S> {
  checkTril(arguments);
  return triangle("tril", x, (row, column) => column - row <= offset);
}

const checkTriu = signature<typeof triu>("triu(x, offset?)", tensorKind, whole);

/** The upper triangle of each matrix, zeros below: on or above the diagonal of `offset`; see `tril`. */
export function triu<S extends Shape>(x: Tensor<S>, offset = 0): Tensor<S> {
  checkTriu(arguments);
  return triangle("triu", x, (row, column) => column - row >= offset);
}

const checkDiagonal = signature<typeof diagonal>("diagonal(x, offset?)", tensorKind, whole);

/**
 * The diagonal of each matrix [..., m, n], `offset` columns to the right, as [..., length].
 * @throws ShapeError for fewer than two axes
 */
export function diagonal<S extends Shape, const K extends number = 0>(
  x: Tensor<S>,
  offset?: K,
): Tensor<Diagonals<S, K>> {
  checkDiagonal(arguments);
  return diagonalOf("diagonal", x, offset ?? 0);
}

const checkDiag = signature<typeof diag>("diag(x, offset?)", tensorKind, whole);

/**
 * Of a vector [n] the square matrix with it on the diagonal of `offset`, of a matrix its diagonal.
 * @throws ShapeError for a scalar, or more than two axes, of which `diagonal` takes the last two
 */
export function diag<S extends Shape, const K extends number = 0>(
  x: Tensor<S>,
  offset?: K,
): Tensor<DiagonalMatrix<S, K>> {
  checkDiag(arguments);
  if (x.rank === 2) return diagonalOf("diag", x, offset ?? 0);
  if (x.rank !== 1) {
    throw new ShapeError(`diag: expected a vector or a matrix, received ${showShape(x.shape)}`);
  }
  // Each number and n zeros behind it: as a matrix of n + 1 columns they lie on the diagonal of n.
  const [n, k] = [x.size, offset ?? 0];
  const columns = prims.reshape(x, { shape: [n, 1] });
  const padded = prims.pad(columns, { low: [0, 0], high: [0, n], interior: [0, 0] });
  const square = prims.slice(prims.reshape(padded, { shape: [n * (n + 1)] }), {
    start: [0],
    end: [n * n],
    step: [1],
  });
  const [below, right] = [Math.max(-k, 0), Math.max(k, 0)];
  return prims.pad(prims.reshape(square, { shape: [n, n] }), {
    low: [below, right],
    high: [right, below],
    interior: [0, 0],
  });
}

const checkTrace = signature<typeof trace>("trace(x, offset?)", tensorKind, whole);

/**
 * The sum of the diagonal of each matrix [..., m, n], as [...]; see `diagonal`. bool and uint8 add up as
 * int32.
 * @throws ShapeError for fewer than two axes
 */
export function trace(x: Tensor, offset = 0): Tensor {
  checkTrace(arguments);
  return sum(diagonalOf("trace", x, offset), -1) as Tensor;
}

function matrixOf(op: string, x: Tensor): [rows: number, columns: number] {
  if (x.rank >= 2) return x.type.shape.slice(-2) as [number, number];
  throw new ShapeError(
    `${op}: expected a matrix or a stack of them, received ${showShape(x.shape)}`,
  );
}

function triangle(op: string, x: Tensor, isKept: (row: number, column: number) => boolean): Tensor {
  const [m, n] = matrixOf(op, x);
  const kept = allocate("bool", m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) kept[i * n + j] = Number(isKept(i, j));
  const mask = new Tensor({ type: { dtype: "bool", shape: [m, n] }, known: kept });
  return where(broadcastTo(mask, x.type.shape), x, zerosLike(x));
}

function diagonalOf(op: string, x: Tensor, offset: number): Tensor {
  const [m, n] = matrixOf(op, x);
  const first = offset < 0 ? -offset * n : offset;
  const length = Math.max(0, offset < 0 ? Math.min(m + offset, n) : Math.min(m, n - offset));
  const lead = x.type.shape.slice(0, -2);
  const flat = prims.reshape(x, { shape: [...lead, m * n] });
  const whole = sizeOf([m, n]);
  return prims.slice(flat, {
    start: [...lead.map(() => 0), length === 0 ? 0 : first],
    end: [...lead, length === 0 ? 0 : Math.min(first + (length - 1) * (n + 1) + 1, whole)],
    step: [...lead.map(() => 1), length === 0 ? 1 : n + 1],
  });
}
