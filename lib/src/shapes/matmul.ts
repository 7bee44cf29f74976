// Matrix multiplication: the contracted axes must agree, the batch axes broadcast.

import type { Broadcast } from "./broadcast.ts";
import type { AgreeDim, Shape, Show } from "./shape.ts";

/** The shape of `a.matmul(b)`, `never` if the two cannot be multiplied. */
export type MatMul<A extends Shape, B extends Shape> = number extends A["length"] | B["length"]
  ? any
  : Product<Left<A>, Right<B>>;

/** An operand split into the axes that broadcast, that stay, and that is summed over. */
interface Operand<Batch extends Shape, Free extends Shape, Inner extends number> {
  batch: Batch;
  free: Free;
  inner: Inner;
}

// A vector has no free axis: [K] on the left, [K] on the right.
type Left<S extends Shape> = S extends readonly [infer K extends number]
  ? Operand<[], [], K>
  : S extends readonly [
        ...infer Batch extends Shape,
        infer M extends number,
        infer K extends number,
      ]
    ? Operand<Batch, [M], K>
    : never;

type Right<S extends Shape> = S extends readonly [infer K extends number]
  ? Operand<[], [], K>
  : S extends readonly [
        ...infer Batch extends Shape,
        infer K extends number,
        infer N extends number,
      ]
    ? Operand<Batch, [N], K>
    : never;

type AnyOperand = Operand<Shape, Shape, number>;

type Product<A extends AnyOperand, B extends AnyOperand> = A extends unknown
  ? B extends unknown
    ? [AgreeDim<A["inner"], B["inner"]>] extends [never]
      ? never
      : Outer<Broadcast<A["batch"], B["batch"]>, A["free"], B["free"]>
    : never
  : never;

type Outer<Batch extends Shape, Rows extends Shape, Columns extends Shape> = [Batch] extends [never]
  ? never
  : [...Batch, ...Rows, ...Columns];

/** `never` when they multiply, else "matmul: cannot multiply [32, 10] by [784, 10]". */
export type MatMulError<A extends Shape, B extends Shape> = [MatMul<A, B>] extends [never]
  ? `matmul: cannot multiply ${Show<A>} by ${Show<B>}`
  : never;
