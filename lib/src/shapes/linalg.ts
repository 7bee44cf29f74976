// Linear algebra: matrices that must be square, what a system gives, what decompositions make of a matrix.

import type { MatMul } from "./matmul.ts";
import type { AgreeDim, Same, Shape, Show } from "./shape.ts";

/** `never` for square matrices and unknown ranks, else "inv: expected a square matrix, received shape [2, 3]". */
export type SquareError<Op extends string, S extends Shape> = number extends S["length"]
  ? never
  : S extends readonly [...Shape, infer M extends number, infer N extends number]
    ? [AgreeDim<M, N>] extends [never]
      ? Sentence<Op, S>
      : never
    : Sentence<Op, S>;

type Sentence<
  Op extends string,
  S extends Shape,
> = `${Op}: expected a square matrix, received shape ${Show<S>}`;

/** `never` where a system has a solution's shape, else "solve: cannot solve [3, 3] for [2]". */
export type SolveError<Op extends string, A extends Shape, B extends Shape> = [
  MatMul<A, B>,
] extends [never]
  ? `${Op}: cannot solve ${Show<A>} for ${Show<B>}`
  : never;

/** [...] of a stack [..., m, n]. */
export type StackOf<S extends Shape> = number extends S["length"]
  ? any
  : S extends readonly [...infer Lead extends Shape, number, number]
    ? Lead
    : any;

/** [..., n, m] of [..., m, n]. */
export type TurnedMatrix<S extends Shape> = number extends S["length"]
  ? any
  : S extends readonly [...infer Lead extends Shape, infer M extends number, infer N extends number]
    ? [...Lead, N, M]
    : any;

/** Of [..., m, n] with k = min(m, n): q [..., m, k], r [..., k, n], values [..., k]; k is known where m = n. */
export interface QrShapes<S extends Shape> {
  q: Factor<S, "q">;
  r: Factor<S, "r">;
  values: Factor<S, "values">;
}

type Factor<S extends Shape, Which> = number extends S["length"]
  ? any
  : S extends readonly [...infer Lead extends Shape, infer M extends number, infer N extends number]
    ? Part<Lead, M, N, Same<M, N> extends true ? M : number, Which>
    : any;

type Part<
  Lead extends Shape,
  M extends number,
  N extends number,
  K extends number,
  Which,
> = Which extends "q" ? [...Lead, M, K] : Which extends "r" ? [...Lead, K, N] : [...Lead, K];
