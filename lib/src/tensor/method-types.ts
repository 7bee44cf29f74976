// The types of a tensor's methods. Those that check shapes name the shape of `this` as a parameter of
// their own, so that the shape of Tensor stays covariant and errors read as sentences.

import type { DType } from "../ir/dtype.ts";
import type { BackwardOptions } from "../runtime/derivatives/backward.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import type {
  At,
  AtError,
  Axes,
  AxisError,
  Broadcast,
  BroadcastError,
  DiagonalMatrix,
  Diagonals,
  Fits,
  MatMul,
  MatMulError,
  NoNegative,
  Or,
  OrderError,
  Permuted,
  Reduce,
  Shape,
  Unless,
} from "../shapes/index.ts";
import type { Index } from "./indexing.ts";
import type { NormOrder } from "./reduce.ts";
import type { QuantileOptions } from "./statistics/quantile.ts";

/** Takes a number, or a tensor that broadcasts. */
export type BinaryMethod<Name extends string> = <A extends Shape, B extends Shape = []>(
  this: Tensor<A>,
  b: Fits<Broadcast<A, B>, Tensor<B> | number, BroadcastError<Name, A, B>>,
) => Tensor<Or<Broadcast<A, B>>>;

/** Reduces one axis, several, or all (the default); keepDims keeps them with length 1. */
export type ReduceMethod<Name extends string> = <
  A extends Shape,
  const X extends Axes | undefined = undefined,
  K extends boolean = false,
>(
  this: Tensor<A>,
  axes?: Unless<AxisError<Name, A, X>, X>,
  keepDims?: K,
) => Tensor<Or<Reduce<A, X, K>>>;

export interface TensorMethods<out S extends Shape> {
  readonly add: BinaryMethod<"add">;
  readonly sub: BinaryMethod<"sub">;
  readonly mul: BinaryMethod<"mul">;
  readonly div: BinaryMethod<"div">;
  readonly floorDiv: BinaryMethod<"floorDiv">;
  readonly pow: BinaryMethod<"pow">;
  readonly mod: BinaryMethod<"mod">;
  readonly maximum: BinaryMethod<"maximum">;
  readonly minimum: BinaryMethod<"minimum">;
  readonly equal: BinaryMethod<"equal">;
  readonly notEqual: BinaryMethod<"notEqual">;
  readonly less: BinaryMethod<"less">;
  readonly lessEqual: BinaryMethod<"lessEqual">;
  readonly greater: BinaryMethod<"greater">;
  readonly greaterEqual: BinaryMethod<"greaterEqual">;
  readonly logicalAnd: BinaryMethod<"logicalAnd">;
  readonly logicalOr: BinaryMethod<"logicalOr">;
  matmul<A extends Shape, B extends Shape>(
    this: Tensor<A>,
    b: Fits<MatMul<A, B>, Tensor<B>, MatMulError<A, B>>,
  ): Tensor<Or<MatMul<A, B>>>;

  logicalNot(): Tensor<S>;
  neg(): Tensor<S>;
  exp(): Tensor<S>;
  expm1(): Tensor<S>;
  log(): Tensor<S>;
  log1p(): Tensor<S>;
  log2(): Tensor<S>;
  log10(): Tensor<S>;
  sqrt(): Tensor<S>;
  square(): Tensor<S>;
  sin(): Tensor<S>;
  cos(): Tensor<S>;
  tan(): Tensor<S>;
  asin(): Tensor<S>;
  acos(): Tensor<S>;
  atan(): Tensor<S>;
  sinh(): Tensor<S>;
  cosh(): Tensor<S>;
  tanh(): Tensor<S>;
  asinh(): Tensor<S>;
  acosh(): Tensor<S>;
  atanh(): Tensor<S>;
  sigmoid(): Tensor<S>;
  relu(): Tensor<S>;
  erf(): Tensor<S>;
  floor(): Tensor<S>;
  ceil(): Tensor<S>;
  round(): Tensor<S>;
  sign(): Tensor<S>;
  abs(): Tensor<S>;
  isNan(): Tensor<S>;
  isFinite(): Tensor<S>;
  isInf(): Tensor<S>;
  stopGradient(): Tensor<S>;
  clip(low: number | null, high: number | null): Tensor<S>;
  cast(dtype: DType): Tensor<S>;
  softmax(axis?: number): Tensor<S>;
  logSoftmax(axis?: number): Tensor<S>;
  cumsum(axis?: number): Tensor<S>;
  cumprod(axis?: number): Tensor<S>;
  diff(times?: number, axis?: number): Tensor;
  roll(shift: number | readonly number[], axes?: number | readonly number[]): Tensor<S>;
  repeat(counts: number | readonly number[], axis?: number): Tensor;
  tril(offset?: number): Tensor<S>;
  triu(offset?: number): Tensor<S>;
  diagonal<A extends Shape, const K extends number = 0>(
    this: Tensor<A>,
    offset?: K,
  ): Tensor<Diagonals<A, K>>;
  diag<A extends Shape, const K extends number = 0>(
    this: Tensor<A>,
    offset?: K,
  ): Tensor<DiagonalMatrix<A, K>>;
  trace(offset?: number): Tensor;
  flip(axes?: number | readonly number[]): Tensor<S>;

  readonly sum: ReduceMethod<"sum">;
  readonly mean: ReduceMethod<"mean">;
  readonly max: ReduceMethod<"max">;
  readonly min: ReduceMethod<"min">;
  readonly prod: ReduceMethod<"prod">;
  readonly variance: ReduceMethod<"variance">;
  readonly std: ReduceMethod<"std">;
  readonly all: ReduceMethod<"all">;
  readonly any: ReduceMethod<"any">;
  readonly median: ReduceMethod<"median">;
  quantile<
    A extends Shape,
    Q extends number | readonly number[],
    const X extends Axes | undefined = undefined,
    K extends boolean = false,
  >(
    this: Tensor<A>,
    q: Q,
    axes?: Unless<AxisError<"quantile", A, X>, X>,
    options?: QuantileOptions<K>,
  ): Tensor<Q extends number ? Or<Reduce<A, X, K>> : any>;
  argmax(axis?: number): Tensor;
  argmin(axis?: number): Tensor;
  norm<A extends Shape, const X extends Axes | undefined = undefined, K extends boolean = false>(
    this: Tensor<A>,
    order?: NormOrder,
    axes?: Unless<AxisError<"norm", A, X>, X>,
    keepDims?: K,
  ): Tensor<Or<Reduce<A, X, K>>>;

  reshape<const T extends Shape>(shape: T): Tensor<NoNegative<T>>;
  transpose<A extends Shape, const P extends Shape | undefined = undefined>(
    this: Tensor<A>,
    axes?: Fits<Permuted<A, P>, P, OrderError<A, P>>,
  ): Tensor<Or<Permuted<A, P>>>;
  expandDims(axis?: number): Tensor;
  squeeze(axes?: number | readonly number[]): Tensor;
  flatten(from?: number): Tensor;

  /** The element or slice at a number; the first axis goes. */
  at<A extends Shape>(
    this: Tensor<A>,
    index: Fits<At<A>, number, AtError<"at", A>>,
  ): Tensor<Or<At<A>>>;
  /** As NumPy indexes: numbers, "1:3", null, "...", index tensors and masks. */
  at(...indices: readonly Index[]): Tensor;
  take(places: Tensor, axis?: number): Tensor;
  setAt(indices: Index | readonly Index[], values: Tensor | number): Tensor<S>;
  addAt(indices: Index | readonly Index[], values: Tensor | number): Tensor<S>;
  maxAt(indices: Index | readonly Index[], values: Tensor | number): Tensor<S>;
  minAt(indices: Index | readonly Index[], values: Tensor | number): Tensor<S>;
  sort(axis?: number, descending?: boolean): Tensor;
  argsort(axis?: number, descending?: boolean): Tensor;
  topK(k: number, axis?: number): { values: Tensor; indices: Tensor };

  /** The slices along the first axis. @throws ShapeError for a scalar */
  [Symbol.iterator](): IterableIterator<Tensor>;

  /** The same tensor, its shape told to the compiler. @throws ShapeError if it has another shape */
  as<const T extends Shape>(shape: T): Tensor<NoNegative<T>>;
  /** Gradients for the trainable variables that this scalar depends on; see `backward`. */
  backward(options?: BackwardOptions): void;
}
