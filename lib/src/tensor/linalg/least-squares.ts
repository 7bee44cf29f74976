// Pseudo-inverse, rank and least squares, by singular values; powers of matrices.

import { expectOptions, type Kinds, notNegative, whole } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape, SquareError, StackOf, TurnedMatrix, Unless } from "../../shapes/index.ts";
import { greater, where } from "../comparison.ts";
import { add, cast, div, mul, sub } from "../elementwise.ts";
import { matmul } from "../linear.ts";
import { broadcastTo } from "../operands/broadcast.ts";
import { max, sum } from "../reduce.ts";
import { epsilonOf } from "./jacobi.ts";
import { withTangents } from "./rule.ts";
import { inv } from "./solve.ts";
import { expectMatrix, expectSquare, merged, parted, system, turned, unitRows } from "./stacks.ts";
import { decomposeStack } from "./svd.ts";

/** Options of pinv(), matrixRank() and lstsq(). */
export interface RankOptions {
  /** Singular values up to this share of the largest count as zero; max(m, n) times the float's epsilon by default. */
  readonly rtol?: number;
}

const RANK: Kinds<RankOptions> = { rtol: notNegative };
const optionsKind = { says: "options", fits: () => true };

/** Which singular values [stack, k] count. */
function counted(s: Tensor, a: Tensor, { rtol }: RankOptions): Tensor {
  const [, m, n] = a.type.shape as [number, number, number];
  const share = rtol ?? Math.max(m, n) * epsilonOf(a);
  return greater(s, mul(max(s, 1, true), share));
}

function pseudoInverse(stack: Tensor, options: RankOptions): Tensor {
  const [, m, n] = stack.type.shape as [number, number, number];
  const dtype = stack.dtype as "float32";
  return withTangents(
    "pinv",
    (a) => {
      const [u, s, v] = decomposeStack(a!);
      const isKept = counted(s, a!, options);
      const inverse = where(isKept, div(1, where(isKept, s, 1)), 0);
      const [count, k] = s.type.shape as [number, number];
      return [matmul(mul(v, prims.reshape(inverse, { shape: [count, 1, k] })), turned(u))];
    },
    // dP = -P dA P + P P^T dA^T (I - A P) + (I - P A) dA^T P^T P
    ([a], [p], [da]) => {
      const [pt, dat] = [turned(p!), turned(da!)];
      const left = matmul(matmul(p!, matmul(pt, dat)), sub(unitRows(m, dtype), matmul(a!, p!)));
      const right = matmul(sub(unitRows(n, dtype), matmul(p!, a!)), matmul(dat, matmul(pt, p!)));
      return [add(sub(left, matmul(p!, matmul(da!, p!))), right)];
    },
  )(stack)[0]!;
}

const checkPinv = signature<typeof pinv>("pinv(a, { rtol })", tensorKind, optionsKind);

/**
 * The Moore-Penrose inverse [..., n, m] of each matrix [..., m, n], by its singular values. The derivative is that
 * of matrices of the same rank (Golub & Pereyra 1973).
 * @throws ShapeError for less than two axes
 */
export function pinv<S extends Shape>(
  a: Tensor<S>,
  options: RankOptions = {},
): Tensor<TurnedMatrix<S>> {
  checkPinv(arguments);
  expectOptions("pinv", options, RANK);
  const { lead } = expectMatrix("pinv", a);
  return parted(pseudoInverse(merged(a), options), lead);
}

const checkRank = signature<typeof matrixRank>("matrixRank(a, { rtol })", tensorKind, optionsKind);

/** How many singular values of each matrix [..., m, n] are not negligible: int32 [...]. */
export function matrixRank<S extends Shape>(
  a: Tensor<S>,
  options: RankOptions = {},
): Tensor<StackOf<S>> {
  checkRank(arguments);
  expectOptions("matrixRank", options, RANK);
  const { lead } = expectMatrix("matrixRank", a);
  const stack = merged(a);
  const [, s] = decomposeStack(stack);
  return parted(sum(cast(counted(s, stack, options), "int32"), 1), lead);
}

const checkLstsq = signature<typeof lstsq>(
  "lstsq(a, b, { rtol })",
  tensorKind,
  tensorKind,
  optionsKind,
);

/**
 * The x of least |a x - b|^2, and among several the shortest: pinv(a) b. a [..., m, n], b [m] or [..., m, k]. NumPy's
 * lstsq gives residuals, rank and singular values as well: see `matrixRank` and `svd`.
 * @throws ShapeError where they do not fit
 */
export function lstsq(a: Tensor, b: Tensor, options: RankOptions = {}): Tensor {
  checkLstsq(arguments);
  expectOptions("lstsq", options, RANK);
  const given = system("lstsq", a, b);
  return given.give(matmul(pseudoInverse(given.a, options), given.b));
}

const checkPower = signature<typeof matrixPower>("matrixPower(a, n)", tensorKind, whole);

/**
 * a multiplied by itself n times, by squaring; the inverse's power where n is negative, the identity where
 * it is 0.
 * @throws ShapeError unless the matrices are square; NumberError for a singular one and negative n
 */
export function matrixPower<S extends Shape>(
  a: Unless<SquareError<"matrixPower", S>, Tensor<S>>,
  n: number,
): Tensor<S> {
  checkPower(arguments);
  const { n: length } = expectSquare("matrixPower", a as Tensor);
  let square = (n < 0 ? inv(a as Tensor) : a) as Tensor;
  let result: Tensor | null = null;
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? matmul(result, square) : square;
    if (rest > 1) square = matmul(square, square);
  }
  const one = () => broadcastTo(unitRows(length, square.dtype as "float32"), square.type.shape);
  return (result ?? one()) as Tensor<S>;
}
