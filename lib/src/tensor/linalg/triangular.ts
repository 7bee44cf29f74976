// Systems with a triangular matrix, row after row.

import { expectOptions, flag, type Kinds } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type {
  Fits,
  MatMul,
  Or,
  Shape,
  SolveError,
  SquareError,
  Unless,
} from "../../shapes/index.ts";
import { zeros } from "../create.ts";
import { add, div, mul, sub } from "../elementwise.ts";
import { matmul } from "../linear.ts";
import { diagonal, tril, triu } from "../matrices/triangles.ts";
import { sum } from "../reduce.ts";
import { withTangents } from "./rule.ts";
import { expectNumbers, expectSquare, system, unitRows } from "./stacks.ts";

interface Step {
  readonly row: Tensor;
  readonly unit: Tensor;
  readonly right: Tensor;
}

/**
 * X with T X = B, by substitution: x_i = (b_i - t_i X) / t_ii. T [stack, n, n] is triangular, B [stack, n, k].
 * Linear in B, and transposable in it.
 */
export function substitute(t: Tensor, b: Tensor, lower: boolean): Tensor {
  const [stack, n, k] = b.type.shape as [number, number, number];
  const byRows = (x: Tensor) => prims.transpose(x, { perm: [1, 0, 2] });
  const step = (x: Tensor, { row, unit, right }: Step): [Tensor, Tensor] => {
    const known = matmul(prims.reshape(row, { shape: [stack, 1, n] }), x); // [stack, 1, k]
    const pivot = sum(mul(row, unit), -1, true); // [stack, 1]
    const own = div(sub(right, prims.reshape(known, { shape: [stack, k] })), pivot);
    const place = prims.reshape(unit, { shape: [n, 1] });
    return [add(x, mul(place, prims.reshape(own, { shape: [stack, 1, k] }))), own];
  };
  const sequences = { row: byRows(t), unit: unitRows(n, b.dtype as "float32"), right: byRows(b) };
  const [, rows] = scan(step, zeros(b.type.shape, b.dtype), sequences, { reverse: !lower });
  return byRows(rows);
}

/** The same with a derivative that keeps X alone: dX = T^-1 (dB - dT X). */
export const solveTriangular = (t: Tensor, b: Tensor, lower: boolean): Tensor =>
  withTangents(
    "triangularSolve",
    (matrix, right) => [substitute(matrix!, right!, lower)],
    ([matrix], [x], [dt, db]) => [substitute(matrix!, sub(db!, matmul(dt!, x!)), lower)],
  )(t, b)[0]!;

/** Options of triangularSolve(). */
export interface TriangularOptions {
  /** Read the lower triangle, instead of the upper one. */
  readonly lower?: boolean;
}

const TRIANGULAR: Kinds<TriangularOptions> = { lower: flag };
const checkTriangular = signature<typeof triangularSolve>(
  "triangularSolve(a, b, { lower })",
  tensorKind,
  tensorKind,
  { says: "options", fits: () => true },
);

/**
 * x with a x = b, where a is upper triangular, or lower with `lower`; the other triangle is not read.
 * A float [..., n, n], b [n] or [..., n, k]; leading axes broadcast. dx = a^-1 (db - da x).
 * Source: Golub & Van Loan, Matrix Computations (4th ed.), 3.1.
 * @throws ShapeError where they do not fit; NumberError for a zero on the diagonal (compiled: the result is
 * infinite or NaN)
 */
export function triangularSolve<A extends Shape, B extends Shape>(
  a: Unless<SquareError<"triangularSolve", A>, Tensor<A>>,
  b: Fits<MatMul<A, B>, Tensor<B>, SolveError<"triangularSolve", A, B>>,
  options: TriangularOptions = {},
): Tensor<Or<MatMul<A, B>>> {
  checkTriangular(arguments);
  expectOptions("triangularSolve", options, TRIANGULAR);
  const { lower = false } = options;
  expectSquare("triangularSolve", a as Tensor);
  const given = system("triangularSolve", a as Tensor, b as Tensor);
  expectNumbers(
    diagonal(given.a),
    (x) => x === 0,
    "triangularSolve: the matrix is singular: its diagonal has a zero",
  );
  const triangle = lower ? tril(given.a) : triu(given.a);
  return given.give(solveTriangular(triangle, given.b, lower));
}
