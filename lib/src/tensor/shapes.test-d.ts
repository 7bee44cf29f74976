// What the compiler knows of the shapes of functions for statistics, matrices, updates and draws.

import { expectTypeOf } from "expect-type";
import {
  allClose,
  atan2,
  bincount,
  cumprod,
  diag,
  diagonal,
  isClose,
  isInf,
  median,
  meshgrid,
  nonzero,
  norm,
  quantile,
  random,
  roll,
  setAt,
  type Tensor,
  tan,
  tril,
  unique,
  zeros,
} from "../index.ts";

declare const n: number;
declare const untyped: Tensor;

const x = zeros([32, 10]);
const square = zeros([4, 4]);
const key = random.key(1);

expectTypeOf(tan(x)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(x.log2().isFinite()).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(isInf(untyped)).toEqualTypeOf<Tensor>();
expectTypeOf(atan2(x, zeros([10]))).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(isClose(x, 1)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(allClose(x, zeros([32, 1]))).toEqualTypeOf<Tensor<[]>>();
// @ts-expect-error atan2: shapes [32, 10] and [9] do not broadcast
atan2(x, zeros([9]));

expectTypeOf(tril(x, -1)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(diag(zeros([3]))).toEqualTypeOf<Tensor<[3, 3]>>();
expectTypeOf(diag(zeros([3]), 1)).toEqualTypeOf<Tensor<[number, number]>>();
expectTypeOf(diag(square)).toEqualTypeOf<Tensor<[4]>>();
expectTypeOf(diagonal(zeros([7, 4, 4]))).toEqualTypeOf<Tensor<[7, 4]>>();
expectTypeOf(diagonal(x)).toEqualTypeOf<Tensor<[number]>>();
expectTypeOf(square.diagonal()).toEqualTypeOf<Tensor<[4]>>();
expectTypeOf(diag(untyped)).toEqualTypeOf<Tensor>();

expectTypeOf(cumprod(x, 0)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(roll(x, 1)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(meshgrid([zeros([2]), zeros([3])])).toEqualTypeOf<[Tensor, Tensor]>();

expectTypeOf(median(x)).toEqualTypeOf<Tensor<[]>>();
expectTypeOf(x.median(0)).toEqualTypeOf<Tensor<[10]>>();
expectTypeOf(quantile(x, 0.5, -1)).toEqualTypeOf<Tensor<[32]>>();
expectTypeOf(quantile(x, [0.25, 0.75], -1)).toEqualTypeOf<Tensor>();
expectTypeOf(x.quantile(0.5, 1, { keepDims: true })).toEqualTypeOf<Tensor<[32, 1]>>();
expectTypeOf(norm(x, Infinity, 1)).toEqualTypeOf<Tensor<[32]>>();
// @ts-expect-error median: axis 2 is out of range for shape [32, 10]
median(x, 2);
// @ts-expect-error quantile: axis 2 is out of range for shape [32, 10]
quantile(x, 0.5, 2);

expectTypeOf(unique(x).values).toEqualTypeOf<Tensor<[number]>>();
expectTypeOf(nonzero(x)).toEqualTypeOf<Tensor<[number]>[]>();
expectTypeOf(bincount(untyped)).toEqualTypeOf<Tensor<[number]>>();
expectTypeOf(setAt(x, ["1:3", 0], 1)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(x.addAt(0, zeros([10]))).toEqualTypeOf<Tensor<[32, 10]>>();

expectTypeOf(random.categorical(key, x)).toEqualTypeOf<Tensor<[32]>>();
expectTypeOf(random.categorical(key, x, 0)).toEqualTypeOf<Tensor<[10]>>();
expectTypeOf(random.categorical(key, x, 0, [n])).toEqualTypeOf<Tensor>();
expectTypeOf(random.permutation(key, 5)).toEqualTypeOf<Tensor<[number]>>();
expectTypeOf(random.permutation(key, x)).toEqualTypeOf<Tensor<[32, 10]>>();
expectTypeOf(random.poisson(key, 2, [3])).toEqualTypeOf<Tensor<[3]>>();
expectTypeOf(random.gumbel(key, [2, 3])).toEqualTypeOf<Tensor<[2, 3]>>();
