// Moving data without changing it: transpose, reshape and indexing.

import type { AxisNames, AxisUnion, NamesOf } from "./axes.ts";
import type { Same, Shape, Show } from "./shape.ts";

/** The axes in reverse order: a transpose without arguments. */
export type Reverse<S extends Shape> = number extends S["length"] ? any : ReverseAxes<S>;

type ReverseAxes<S extends Shape, Done extends Shape = []> = S extends readonly [
  infer Head extends number,
  ...infer Tail extends Shape,
]
  ? ReverseAxes<Tail, [Head, ...Done]>
  : Done;

// ---- transpose by a list of axes ------------------------------------------------------------

/** The axes in the order `P` names them; `never` if `P` does not name each exactly once. */
export type Permute<S extends Shape, P extends Shape> = number extends
  | S["length"]
  | P["length"]
  | AxisUnion<P>
  ? any
  : [NamesOf<S>] extends [never]
    ? any
    : Rearrange<S, P>;

type AnyNames = AxisNames[keyof AxisNames];

// As many names as axes, and no axis without a name: then no name is used twice.
type Rearrange<S extends Shape, P extends Shape> = S extends unknown
  ? P["length"] extends S["length"]
    ? [Unnamed<P, NamesOf<S>>] extends [never]
      ? { -readonly [I in keyof P]: DimNamed<P[I], S, NamesOf<S>> }
      : never
    : never
  : never;

type Unnamed<P extends Shape, Names extends AnyNames> = {
  [I in keyof Names]: [Names[I] & P[number]] extends [never] ? I : never;
}[number];

type DimNamed<X extends number, S extends Shape, Names extends AnyNames> = {
  [I in keyof Names]: [Names[I] & X] extends [never] ? never : I extends keyof S ? S[I] : never;
}[number] &
  number;

/** `never` if fine, else "transpose: axes [0, 0] do not permute shape [32, 10]". */
export type PermuteError<Op extends string, S extends Shape, P extends Shape> = [
  Permute<S, P>,
] extends [never]
  ? `${Op}: axes ${Show<P>} do not permute shape ${Show<S>}`
  : never;

/** The shape after transpose(axes): reversed without axes. */
export type Permuted<S extends Shape, P> = P extends Shape ? Permute<S, P> : Reverse<S>;

/** What is wrong with the axes of transpose(axes), if anything is. */
export type OrderError<S extends Shape, P> = P extends Shape
  ? PermuteError<"transpose", S, P>
  : never;

// ---- reshape --------------------------------------------------------------------------------

/** The shape asked of reshape, its -1 unknown. The product of sizes is left to run time. */
export type NoNegative<T extends Shape> = number extends T["length"]
  ? any
  : { -readonly [I in keyof T]: -1 extends T[I] ? number : T[I] };

// ---- indexing -------------------------------------------------------------------------------

/** The shape of `x.at(i)`, which drops the first axis; `never` for a scalar. */
export type At<S extends Shape> = number extends S["length"]
  ? any
  : S extends readonly [number, ...infer Rest extends Shape]
    ? Rest
    : never;

/** `never` if there is a first axis, else "at: a scalar has no axis to index". */
export type AtError<Op extends string, S extends Shape> = [At<S>] extends [never]
  ? `${Op}: a scalar has no axis to index`
  : never;

// ---- diagonals ------------------------------------------------------------------------------

/** [..., n] of square matrices [..., n, n] with offset 0; a length that is not known otherwise. */
export type Diagonals<S extends Shape, K extends number> = number extends S["length"]
  ? any
  : S extends readonly [...infer Lead extends Shape, infer M extends number, infer N extends number]
    ? [...Lead, Same<K, 0> extends true ? (Same<M, N> extends true ? M : number) : number]
    : any;

/** What `diag` makes: [n, n] of a vector [n], the diagonal of a matrix. */
export type DiagonalMatrix<S extends Shape, K extends number> = number extends S["length"]
  ? any
  : S extends readonly [infer N extends number]
    ? Same<K, 0> extends true
      ? [N, N]
      : [number, number]
    : Diagonals<S, K>;
