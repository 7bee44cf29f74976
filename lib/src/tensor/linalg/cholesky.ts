// A = L L^T of positive definite matrices, column after column.

import { signature } from "../../checks/signature.ts";
import { prims } from "../../runtime/interpreter/apply.ts";
import { scan } from "../../runtime/loops/scan.ts";
import { tensorKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape, SquareError, Unless } from "../../shapes/index.ts";
import { greater, where } from "../comparison.ts";
import { add, div, mul, sqrt, sub } from "../elementwise.ts";
import { matmul } from "../linear.ts";
import { tril } from "../matrices/triangles.ts";
import { sum } from "../reduce.ts";
import { withTangents } from "./rule.ts";
import {
  expectNumbers,
  expectSquare,
  merged,
  parted,
  suffixes,
  turned,
  unitRows,
} from "./stacks.ts";
import { substitute } from "./triangular.ts";

interface Step {
  readonly unit: Tensor;
  readonly from: Tensor;
}

/** Outer products (Golub & Van Loan, 4.2.5): a column of L, and A less its square. A [stack, n, n]. */
function columns(a: Tensor): Tensor {
  const [stack, n] = a.type.shape as [number, number];
  const dtype = a.dtype as "float32";
  const step = (rest: Tensor, { unit, from }: Step): [Tensor, Tensor] => {
    const column = sum(mul(rest, unit), -1); // [stack, n]
    const square = sum(mul(column, unit), -1, true); // [stack, 1]
    const root = where(greater(square, 0), sqrt(square), Number.NaN);
    const l = div(mul(column, from), root);
    const product = mul(
      prims.reshape(l, { shape: [stack, n, 1] }),
      prims.reshape(l, { shape: [stack, 1, n] }),
    );
    return [sub(rest, product), l];
  };
  const steps = { unit: unitRows(n, dtype), from: suffixes(n, dtype, false) };
  const [, stacked] = scan(step, a, steps); // [n, stack, n]: column, matrix, row
  return prims.transpose(stacked, { perm: [1, 2, 0] });
}

const factor = withTangents(
  "cholesky",
  (a) => [columns(a!)],
  // dL = L Phi(L^-1 dA L^-T), where Phi takes the lower triangle and half of the diagonal.
  (_, [l], [da]) => {
    const [, n] = l!.type.shape as [number, number];
    const left = substitute(l!, da!, true);
    const both = substitute(l!, turned(left), true);
    const half = mul(both, mul(unitRows(n, l!.dtype as "float32"), 0.5));
    return [matmul(l!, sub(tril(both), half))];
  },
);

const checkCholesky = signature<typeof cholesky>("cholesky(a)", tensorKind);

/**
 * The lower triangular L with a = L L^T, of symmetric positive definite matrices [..., n, n]; of others the
 * symmetric part is taken. dL = L Phi(L^-1 da L^-T) (Giles 2008, 2.3.5 backwards; Murray 2016).
 * @throws ShapeError unless they are square; NumberError unless positive definite (compiled: NaN)
 */
export function cholesky<S extends Shape>(
  a: Unless<SquareError<"cholesky", S>, Tensor<S>>,
): Tensor<S> {
  checkCholesky(arguments);
  const { lead } = expectSquare("cholesky", a as Tensor);
  const stack = merged(a as Tensor);
  const l = factor(mul(add(stack, turned(stack)), 0.5))[0]!;
  expectNumbers(l, Number.isNaN, "cholesky: the matrix is not positive definite");
  return parted(l, lead) as Tensor<S>;
}
