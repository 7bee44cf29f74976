// Systems of linear equations, inverses and determinants.

import { signature } from "../../checks/signature.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type {
  Fits,
  MatMul,
  Or,
  Shape,
  SolveError,
  SquareError,
  StackOf,
  Unless,
} from "../../shapes/index.ts";
import { abs, log, mul, sign, sub } from "../elementwise.ts";
import { matmul } from "../linear.ts";
import { diagonal } from "../matrices/triangles.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { prod, sum } from "../reduce.ts";
import { factorize, solveFactored } from "./lu.ts";
import { withTangents } from "./rule.ts";
import { expectNumbers, expectSquare, merged, parted, system, unitRows } from "./stacks.ts";

/** dX = A^-1 (dB - dA X), by the factors at hand: these are operands, with derivatives of their own. */
const solved = withTangents(
  "solve",
  (_a, b, lu, order) => [solveFactored(lu!, order!, b!)],
  ([, , lu, order], [x], [da, db]) => [solveFactored(lu!, order!, sub(db!, matmul(da!, x!)))],
);

function solveStack(op: string, a: Tensor, b: Tensor): Tensor {
  const { lu, order } = factorize(a);
  expectNumbers(diagonal(lu), (x) => x === 0, `${op}: the matrix is singular`);
  return solved(a, b, lu, order)[0]!;
}

const checkSolve = signature<typeof solve>("solve(a, b)", tensorKind, tensorKind);

/**
 * x with a x = b: a float [..., n, n], b [n] or [..., n, k]; leading axes broadcast. By elimination with row
 * exchanges (Golub & Van Loan, Matrix Computations, 3.4); dx = a^-1 (db - da x) (Giles 2008, 2.3.1).
 * @throws ShapeError where they do not fit; NumberError for a singular matrix (compiled: the result is
 * infinite or NaN)
 */
export function solve<A extends Shape, B extends Shape>(
  a: Unless<SquareError<"solve", A>, Tensor<A>>,
  b: Fits<MatMul<A, B>, Tensor<B>, SolveError<"solve", A, B>>,
): Tensor<Or<MatMul<A, B>>> {
  checkSolve(arguments);
  expectSquare("solve", a as Tensor);
  const given = system("solve", a as Tensor, b as Tensor);
  return given.give(solveStack("solve", given.a, given.b));
}

const checkInv = signature<typeof inv>("inv(a)", tensorKind);

/**
 * The inverse of each matrix [..., n, n]; d(a^-1) = -a^-1 da a^-1 (Giles 2008, 2.2.3). To solve a system,
 * `solve` is faster and more exact.
 * @throws ShapeError unless they are square; NumberError for a singular one (compiled: infinite or NaN)
 */
export function inv<S extends Shape>(a: Unless<SquareError<"inv", S>, Tensor<S>>): Tensor<S> {
  checkInv(arguments);
  const { lead, n } = expectSquare("inv", a as Tensor);
  const stack = merged(a as Tensor);
  const one = broadcastTo(unitRows(n, stack.dtype as "float32"), stack.type.shape);
  return parted(solveStack("inv", stack, one), lead) as Tensor<S>;
}

const checkDet = signature<typeof det>("det(a)", tensorKind);

/**
 * The determinant of each matrix [..., n, n], as [...]; d det(a) = det(a) tr(a^-1 da) (Giles 2008, 2.2.4), which
 * is NaN at a singular matrix.
 * @throws ShapeError unless they are square
 */
export function det<S extends Shape>(
  a: Unless<SquareError<"det", S>, Tensor<S>>,
): Tensor<StackOf<S>> {
  checkDet(arguments);
  const { lead } = expectSquare("det", a as Tensor);
  const { lu, sign: parity } = factorize(merged(a as Tensor));
  return parted(mul(parity, prod(diagonal(lu), -1)), lead);
}

const checkSlogdet = signature<typeof slogdet>("slogdet(a)", tensorKind);

/**
 * The determinant as sign exp(logAbsDet), which neither over- nor underflows; of a singular matrix 0 and
 * -Infinity. Both [...]; d logAbsDet = tr(a^-1 da).
 * @throws ShapeError unless the matrices are square
 */
export function slogdet<S extends Shape>(
  a: Unless<SquareError<"slogdet", S>, Tensor<S>>,
): { readonly sign: Tensor<StackOf<S>>; readonly logAbsDet: Tensor<StackOf<S>> } {
  checkSlogdet(arguments);
  const { lead } = expectSquare("slogdet", a as Tensor);
  const { lu, sign: parity } = factorize(merged(a as Tensor));
  const pivots = diagonal(lu);
  return {
    sign: parted(mul(parity, prod(sign(pivots), -1)), lead),
    logAbsDet: parted(sum(log(abs(pivots)), -1), lead),
  };
}
