// Shapes of linear algebra, cond and whileLoop at compile time.

import { expectTypeOf, test } from "vitest";
import { cond, linalg, type Tensor, whileLoop, zeros } from "../../index.ts";

const square = zeros([3, 3]);
const stack = zeros([2, 4, 4]);
const tall = zeros([5, 3]);
declare const unknown: Tensor;

test("results have the shapes of NumPy's", () => {
  expectTypeOf(linalg.inv(square)).toEqualTypeOf<Tensor<[3, 3]>>();
  expectTypeOf(linalg.det(stack)).toEqualTypeOf<Tensor<[2]>>();
  expectTypeOf(linalg.slogdet(square).logAbsDet).toEqualTypeOf<Tensor<[]>>();
  expectTypeOf(linalg.solve(square, zeros([3]))).toEqualTypeOf<Tensor<[3]>>();
  expectTypeOf(linalg.solve(square, zeros([3, 2]))).toEqualTypeOf<Tensor<[3, 2]>>();
  expectTypeOf(linalg.qr(tall).q).toEqualTypeOf<Tensor<[5, number]>>();
  expectTypeOf(linalg.qr(square).r).toEqualTypeOf<Tensor<[3, 3]>>();
  expectTypeOf(linalg.svd(stack).s).toEqualTypeOf<Tensor<[2, 4]>>();
  expectTypeOf(linalg.eigh(stack).eigenvalues).toEqualTypeOf<Tensor<[2, 4]>>();
  expectTypeOf(linalg.pinv(tall)).toEqualTypeOf<Tensor<[3, 5]>>();
  expectTypeOf(linalg.matrixRank(stack)).toEqualTypeOf<Tensor<[2]>>();
  expectTypeOf(linalg.inv(unknown)).toEqualTypeOf<Tensor>();
});

test("what does not fit is a sentence", () => {
  // @ts-expect-error "inv: expected a square matrix, received shape [5, 3]"
  linalg.inv(tall);
  // @ts-expect-error "cholesky: expected a square matrix, received shape [3]"
  linalg.cholesky(zeros([3]));
  // @ts-expect-error "solve: cannot solve [3, 3] for [2]"
  linalg.solve(square, zeros([2]));
});

test("branches and turns keep their types", () => {
  const isLarge = zeros([]).greater(1);
  const three = zeros([3]);
  const exp = (x: Tensor<[3]>) => x.exp();
  const same = (x: Tensor<[3]>) => x;
  const total = (x: Tensor<[3]>) => x.sum();
  expectTypeOf(cond(isLarge, exp, same, three)).toEqualTypeOf<Tensor<[3]>>();
  // @ts-expect-error the predicate is one boolean
  cond(three.greater(1), exp, same, three);
  // @ts-expect-error the branches differ
  cond(isLarge, exp, total, three);
  const isSmall = (c: { x: Tensor<[3]> }) => c.x.sum().less(3);
  const twice = (c: { x: Tensor<[3]> }) => ({ x: c.x.mul(2) });
  const last = whileLoop(isSmall, twice, { x: three });
  expectTypeOf(last).toEqualTypeOf<{ x: Tensor<[3]> }>();
  const other = (c: { x: Tensor<[3]> }) => ({ x: c.x.sum() });
  // @ts-expect-error a carry keeps its shape
  whileLoop(isSmall, other, { x: three });
});
