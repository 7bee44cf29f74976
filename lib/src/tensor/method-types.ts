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
  Fits,
  MatMul,
  MatMulError,
  NoNegative,
  Or,
  Permute,
  PermuteError,
  Reduce,
  Reverse,
  Shape,
  Unless,
} from "../shapes/index.ts";
import type { Index } from "./indexing.ts";

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

/** The shape after transpose(axes): reversed without axes. */
export type Permuted<S extends Shape, P> = P extends Shape ? Permute<S, P> : Reverse<S>;

/** What is wrong with the axes of transpose(axes), if anything is. */
export type OrderError<S extends Shape, P> = P extends Shape
  ? PermuteError<"transpose", S, P>
  : never;

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
  sqrt(): Tensor<S>;
  square(): Tensor<S>;
  sin(): Tensor<S>;
  cos(): Tensor<S>;
  tanh(): Tensor<S>;
  sigmoid(): Tensor<S>;
  relu(): Tensor<S>;
  erf(): Tensor<S>;
  floor(): Tensor<S>;
  ceil(): Tensor<S>;
  round(): Tensor<S>;
  sign(): Tensor<S>;
  abs(): Tensor<S>;
  isNan(): Tensor<S>;
  stopGradient(): Tensor<S>;
  clip(low: number | null, high: number | null): Tensor<S>;
  cast(dtype: DType): Tensor<S>;
  softmax(axis?: number): Tensor<S>;
  logSoftmax(axis?: number): Tensor<S>;
  cumsum(axis?: number): Tensor<S>;
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
  argmax(axis?: number): Tensor;
  argmin(axis?: number): Tensor;
  norm<A extends Shape, const X extends Axes | undefined = undefined, K extends boolean = false>(
    this: Tensor<A>,
    order?: 1 | 2,
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
