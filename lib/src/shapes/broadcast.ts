// Broadcasting: aligns two shapes at their last axis and stretches axes of size 1.

import type { Same, Shape, Show } from "./shape.ts";

/** The shape of an elementwise result, `never` if the shapes do not broadcast. */
export type Broadcast<A extends Shape, B extends Shape> =
  Same<A, B> extends true
    ? Copy<A>
    : number extends B["length"]
      ? any
      : B["length"] extends 0 // asked before A's rank: lets a generic shape meet a scalar
        ? Copy<A>
        : number extends A["length"]
          ? any
          : FromLast<A, B>;

// TypeScript cannot tell whether a generic shape is `never`, but this is not, whatever S is; for
// that the question itself must be asked within a tuple.
type Copy<S extends Shape> = [number] extends [S["length"]] ? any : [...S];

type FromLast<A extends Shape, B extends Shape, Done extends Shape = []> = A extends readonly [
  ...infer AInit extends Shape,
  infer ALast extends number,
]
  ? B extends readonly [...infer BInit extends Shape, infer BLast extends number]
    ? [BroadcastDim<ALast, BLast>] extends [never]
      ? never
      : FromLast<AInit, BInit, [BroadcastDim<ALast, BLast>[0], ...Done]>
    : [...A, ...Done]
  : [...B, ...Done];

// The dimension in a tuple of one, or `never`. Unions are tried pair by pair, and `any` takes
// every branch, so only what cannot fit is an error. The order, and the tuple, are such that a
// generic dimension meets itself and 1: TypeScript cannot tell whether `B` is `never`, but `[B]`
// is not.
type BroadcastDim<A extends number, B extends number> =
  Same<A, B> extends true
    ? [A]
    : B extends 1
      ? [A]
      : A extends 1
        ? [B]
        : number extends A
          ? [B]
          : number extends B
            ? [A]
            : A extends B
              ? [A]
              : never;

/** `never` when the shapes broadcast, else "add: shapes [32, 10] and [32, 11] do not broadcast". */
export type BroadcastError<Op extends string, A extends Shape, B extends Shape> = [
  Broadcast<A, B>,
] extends [never]
  ? `${Op}: shapes ${Show<A>} and ${Show<B>} do not broadcast`
  : never;
