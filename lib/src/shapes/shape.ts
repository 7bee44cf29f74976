// What all shape types share: the shape itself, how it is shown, and when two of them agree.
//
// Three conventions run through this folder:
// - `number` is a dimension nobody knows at compile time, and agrees with every other.
// - `number extends S["length"]` asks whether the rank is unknown (`any`, `number[]`): then the
//   answer is `any`, never an error.
// - `never` means "this does not fit"; a matching `...Error` type turns it into a sentence.

import type { Shape } from "../ir/shape.ts";

/** The axes of a tensor, outermost first: literals where known, `number` where not. */
export type { Shape };

/** The result of a checked call. After an error it is `any`, so one mistake gives one message. */
export type Or<S extends Shape> = [S] extends [never] ? any : S;

/**
 * The type of a checked parameter: `Arg`, or the sentence if `Result` is `never`. It asks for the
 * result because TypeScript then also accepts a generic `Result` that is not known to be wrong.
 */
export type Fits<Result, Arg, Sentence> = [Result] extends [never] ? Sentence : Arg;

/** The same where there is no result to ask for: `Arg`, or the sentence if there is one. */
export type Unless<Sentence, Arg> = [Sentence] extends [never] ? Arg : Sentence;

/** Are the types identical? Knows `any`, and that a generic parameter is itself. */
export type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `N` if it is one single literal; a union such as `32 | 64` is not known, and gives `number`. */
export type Exact<N extends number, All extends number = N> = N extends All
  ? [All] extends [N]
    ? N
    : number
  : never;

/** A shape as run-time errors print it: `[32, ?, 10]`. */
export type Show<S extends Shape> = number extends S["length"] ? "[...]" : `[${Dims<S>}]`;

/** The dimensions of `S` as text, without the brackets. */
export type Dims<S extends Shape> = S extends readonly [
  infer Head extends number,
  ...infer Tail extends Shape,
]
  ? `${ShowDim<Head>}${Tail extends readonly [] ? "" : `, ${Dims<Tail>}`}`
  : "";

type ShowDim<N extends number> = number extends Exact<N> ? "?" : N;

/** The dimension two axes have in common, `never` if they cannot be equal. */
export type AgreeDim<A extends number, B extends number> =
  Same<A, B> extends true
    ? A
    : number extends A
      ? B
      : number extends B
        ? A
        : A extends B // over unions: keeps what both may be
          ? A
          : never;

/** The shape two tensors have in common, `never` if their ranks or dimensions differ. */
export type Agree<A extends Shape, B extends Shape> =
  Same<A, B> extends true ? A : number extends A["length"] | B["length"] ? any : AgreeAxes<A, B>;

type AgreeAxes<A extends Shape, B extends Shape, Done extends Shape = []> = A extends readonly [
  infer AHead extends number,
  ...infer ATail extends Shape,
]
  ? B extends readonly [infer BHead extends number, ...infer BTail extends Shape]
    ? [AgreeDim<AHead, BHead>] extends [never]
      ? never
      : AgreeAxes<ATail, BTail, [...Done, AgreeDim<AHead, BHead>]>
    : never
  : B extends readonly []
    ? Done
    : never;
