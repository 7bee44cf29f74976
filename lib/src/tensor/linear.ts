// Products of vectors, matrices and stacks of them.

import { ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { tensorKind } from "../runtime/values/kinds.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type { Fits, MatMul, MatMulError, Or, Shape } from "../shapes/index.ts";
import { broadcastShapes, broadcasts, broadcastTo } from "./operands/broadcast.ts";

const checkMatmul = signature<typeof matmul>("matmul(a, b)", tensorKind, tensorKind);

/**
 * NumPy's matmul: vectors are rows on the left and columns on the right; leading axes broadcast.
 * @throws ShapeError where the inner dimensions differ
 */
export function matmul<A extends Shape, B extends Shape>(
  a: Tensor<A>,
  b: Fits<MatMul<A, B>, Tensor<B>, MatMulError<A, B>>,
): Tensor<Or<MatMul<A, B>>> {
  checkMatmul(arguments);
  return multiply(a, b as Tensor);
}

function multiply(a: Tensor, b: Tensor): Tensor {
  // The sentence that the compiler shows, too: see MatMulError.
  const says = `matmul: cannot multiply ${showShape(a.shape)} by ${showShape(b.shape)}`;
  const inner = (x: Tensor, fromLast: number) => x.type.shape[Math.max(x.rank - fromLast, 0)];
  if (a.rank === 0 || b.rank === 0) {
    throw new ShapeError(`${says}: a scalar is no matrix; scale with mul()`);
  }
  if (inner(a, 1) !== inner(b, 2)) {
    throw new ShapeError(says);
  }
  if (a.rank === 1) {
    const row = multiply(prims.reshape(a, { shape: [1, a.size] }), b);
    return prims.reshape(row, { shape: row.type.shape.toSpliced(b.rank === 1 ? 0 : -2, 1) });
  }
  if (b.rank === 1) {
    const column = multiply(a, prims.reshape(b, { shape: [b.size, 1] }));
    return prims.reshape(column, { shape: column.type.shape.slice(0, -1) });
  }
  const [m, k] = a.type.shape.slice(-2) as [number, number];
  const n = b.type.shape.at(-1)!;
  if (b.rank === 2 && a.rank > 2) {
    // A shared right matrix: the stack on the left is one tall matrix.
    const rows = sizeOf(a.type.shape.slice(0, -1));
    const product = prims.matmul(prims.reshape(a, { shape: [rows, k] }), b);
    return prims.reshape(product, { shape: [...a.type.shape.slice(0, -1), n] });
  }
  const [left, right] = [a.type.shape.slice(0, -2), b.type.shape.slice(0, -2)];
  if (!broadcasts(left, right)) {
    throw new ShapeError(`${says}: leading axes do not broadcast`);
  }
  const lead = broadcastShapes("matmul", left, right);
  return prims.matmul(broadcastTo(a, [...lead, m, k]), broadcastTo(b, [...lead, k, n]));
}

const checkDot = signature<typeof dot>("dot(a, b)", tensorKind, tensorKind);

/** The sum of products of two vectors. */
export function dot(a: Tensor, b: Tensor): Tensor<[]> {
  checkDot(arguments);
  if (a.rank !== 1 || b.rank !== 1 || a.size !== b.size) {
    throw new ShapeError(
      `dot: expected vectors of one length, received ${showShape(a.shape)} and ${showShape(b.shape)}`,
    );
  }
  return multiply(a, b);
}

const checkOuter = signature<typeof outer>("outer(a, b)", tensorKind, tensorKind);

/** Every product of an element of a with one of b: [m, n]. */
export function outer(a: Tensor, b: Tensor): Tensor {
  checkOuter(arguments);
  return prims.matmul(
    prims.reshape(a, { shape: [a.size, 1] }),
    prims.reshape(b, { shape: [1, b.size] }),
  );
}
