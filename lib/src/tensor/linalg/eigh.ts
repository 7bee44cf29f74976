// Eigenvalues and eigenvectors of symmetric matrices.

import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { whileLoop } from "../../runtime/loops/while.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Diagonals, Shape, SquareError, Unless } from "../../shapes/index.ts";
import { equal, greater, less, logicalAnd, where } from "../comparison.ts";
import { zeros } from "../create.ts";
import { abs, add, div, mul, square, sub } from "../elementwise.ts";
import { gatherRows } from "../gather.ts";
import { pad } from "../joining.ts";
import { matmul } from "../linear.ts";
import { diagonal } from "../matrices/triangles.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { any, max, sum } from "../reduce.ts";
import { epsilonOf, MOST_SWEEPS, rotate, rotation, segment } from "./jacobi.ts";
import { withTangents } from "./rule.ts";
import { expectSquare, merged, parted, turned, unitRows } from "./stacks.ts";

interface Turned {
  /** Nearly diagonal, and what it was turned by: [stack, 2 m, 2 m]. */
  readonly a: Tensor;
  readonly v: Tensor;
}

/** One round: m pairs of rows and columns. */
function round({ a, v }: Turned): Turned {
  const m = a.type.shape[1]! / 2;
  const one = unitRows(m, a.dtype as "float32");
  const middle = segment(segment(a, 1, 0, m), 2, m, 2 * m);
  const values = sum(mul(a, unitRows(2 * m, a.dtype as "float32")), -1);
  const angles = rotation(
    segment(values, 1, 0, m),
    segment(values, 1, m, 2 * m),
    sum(mul(middle, one), -1),
  );
  return { a: rotate(rotate(a, 1, angles), 2, angles), v: rotate(v, 2, angles) };
}

/** Jacobi's method (Golub & Van Loan, 8.5.6) on symmetric A [stack, n, n]: values in ascending order, vectors. */
function decompose(matrix: Tensor): [values: Tensor, vectors: Tensor] {
  const [stack, n] = matrix.type.shape as [number, number];
  const lines = n + (n % 2);
  const largest = max(abs(matrix), [1, 2], true);
  const scale = where(equal(largest, 0), 1, largest);
  const one = unitRows(lines, matrix.dtype as "float32");
  const even = pad(div(matrix, scale), [
    [0, 0],
    [0, lines - n],
    [0, lines - n],
  ]);
  // Roundings leave about this share of the whole beside the diagonal.
  const tolerance = 2 * epsilonOf(matrix) * Math.sqrt(lines);
  const sizeOf = (a: Tensor) => sum(square(a), [1, 2]);
  const { a, v } = whileLoop(
    ({ a: at, sweeps }) => {
      const off = sizeOf(mul(at, sub(1, one)));
      const isOpen = any(greater(off, mul(sizeOf(at), tolerance ** 2)));
      return logicalAnd(isOpen, less(sweeps, MOST_SWEEPS)) as Tensor<[]>;
    },
    ({ sweeps, ...at }) => {
      const step = (before: Turned): [Turned, null] => [round(before), null];
      return {
        ...scan(step, at as Turned, null, { length: lines - 1 })[0],
        sweeps: add(sweeps, 1),
      };
    },
    { a: even, v: broadcastTo(one, even.type.shape), sweeps: zeros([], "int32") as Tensor },
  );
  // What was added for an even number of lines is the last of them again.
  const values = mul(segment(diagonal(a), 1, 0, n), prims.reshape(scale, { shape: [stack, 1] }));
  const vectors = segment(segment(v, 1, 0, n), 2, 0, n);
  const order = prims.argsort(values, { axis: 1, descending: false });
  return [gatherRows(values, order, 1, (flat) => flat), columnsAt(vectors, order)];
}

/** The columns of x [stack, m, n] in an order [stack, k]. */
export function columnsAt(x: Tensor, order: Tensor): Tensor {
  const [stack, m] = x.type.shape as [number, number, number];
  const k = order.type.shape[1]!;
  const places = prims.reshape(order, { shape: [stack, 1, k] });
  return gatherRows(x, broadcastTo(places, [stack, m, k]), 2, (flat) => flat);
}

const decomposed = withTangents(
  "eigh",
  (a) => decompose(a!),
  // With P = V^T dA V: d lambda = diag(P), dV = V (F * P), F_ij = 1 / (lambda_j - lambda_i), 0 where these are equal.
  (_, [values, vectors], [da]) => {
    const [stack, n] = values!.type.shape as [number, number];
    const p = matmul(turned(vectors!), matmul(da!, vectors!));
    const gaps = sub(
      prims.reshape(values!, { shape: [stack, 1, n] }),
      prims.reshape(values!, { shape: [stack, n, 1] }),
    );
    const same = equal(gaps, 0);
    const f = where(same, 0, div(1, where(same, 1, gaps)));
    return [diagonal(p), matmul(vectors!, mul(f, p))];
  },
);

const checkEigh = signature<typeof eigh>("eigh(a)", tensorKind);

/**
 * Eigenvalues [..., n] in ascending order and eigenvectors [..., n, n], one a column, of symmetric matrices
 * [..., n, n]; of others the symmetric segment is taken. Signs of vectors are free. By Jacobi's rotations; derivatives
 * as in Giles 2008, 3.1; between equal eigenvalues vectors have none, and 0 is taken for it.
 * @throws ShapeError unless they are square
 */
export function eigh<S extends Shape>(
  a: Unless<SquareError<"eigh", S>, Tensor<S>>,
): { readonly eigenvalues: Tensor<Diagonals<S, 0>>; readonly eigenvectors: Tensor<S> } {
  checkEigh(arguments);
  const { lead } = expectSquare("eigh", a as Tensor);
  const stack = merged(a as Tensor);
  const symmetric = mul(add(stack, turned(stack)), 0.5);
  const [values, vectors] = decomposed(symmetric) as [Tensor, Tensor];
  return {
    eigenvalues: parted(values, lead),
    eigenvectors: parted(vectors, lead) as Tensor<S>,
  };
}
