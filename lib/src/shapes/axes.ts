// Axes by number: which ones a shape has, and what reducing over them leaves.

import type { Exact, Same, Shape, Show } from "./shape.ts";

/** One axis, or a list of them; negative ones count from the last. */
export type Axes = number | readonly number[];

/** For each rank, the two names of every axis. Above rank 6 axes are not checked. */
export interface AxisNames {
  0: [];
  1: [0 | -1];
  2: [0 | -2, 1 | -1];
  3: [0 | -3, 1 | -2, 2 | -1];
  4: [0 | -4, 1 | -3, 2 | -2, 3 | -1];
  5: [0 | -5, 1 | -4, 2 | -3, 3 | -2, 4 | -1];
  6: [0 | -6, 1 | -5, 2 | -4, 3 | -3, 4 | -2, 5 | -1];
}

/** The names of each axis of `S` in turn, `never` where the rank is not in the table. */
export type NamesOf<S extends Shape> = number extends S["length"]
  ? never
  : S["length"] extends keyof AxisNames
    ? AxisNames[S["length"]]
    : never;

/** All numbers that name an axis of `S`; `number` where that is unknown. */
export type AxisOf<S extends Shape> = [NamesOf<S>] extends [never] ? number : NamesOf<S>[number];

/** The axes in `X` as a union; `number` unless every one of them is a single literal. */
export type AxisUnion<X> = [X] extends [readonly number[]]
  ? ExactEach<X>
  : [X] extends [number]
    ? Exact<X>
    : number;

type ExactEach<L extends readonly number[]> = { [I in keyof L]: Exact<L[I]> }[number];

// ---- the check ------------------------------------------------------------------------------

/** `never` if every axis may exist, else "sum: axis 2 is out of range for shape [32, 10]". */
export type AxisError<Op extends string, S extends Shape, X> = [BadAxis<S, X>] extends [never]
  ? never
  : `${Op}: axis ${BadAxis<S, X>} is out of range for shape ${Show<S>}`;

type BadAxis<S extends Shape, X> = [X] extends [readonly number[]]
  ? OutsideEach<X, AxisOf<S>>
  : [X] extends [number]
    ? Outside<X, AxisOf<S>>
    : never;

type OutsideEach<L extends readonly number[], Valid extends number> = {
  [I in keyof L]: Outside<L[I], Valid>;
}[number];

// A union such as 0 | 5 is only wrong when none of its members is an axis.
type Outside<X extends number, Valid extends number> = number extends X
  ? never
  : [X & Valid] extends [never]
    ? X
    : never;

// ---- reductions -----------------------------------------------------------------------------

/** The shape left by reducing over the axes `X` (`undefined`: all); kept axes become 1. */
export type Reduce<S extends Shape, X, KeepDims extends boolean = false> = boolean extends KeepDims
  ? any
  : Same<X, undefined> extends true
    ? ReduceAll<S, KeepDims>
    : number extends S["length"] | AxisUnion<X>
      ? any
      : [NamesOf<S>] extends [never]
        ? any
        : ReduceSome<S, NamesOf<S>, AxisUnion<X>, KeepDims>;

type ReduceAll<S extends Shape, KeepDims extends boolean> = KeepDims extends true
  ? number extends S["length"]
    ? any
    : { -readonly [I in keyof S]: 1 }
  : [];

type ReduceSome<
  S extends Shape,
  Names extends readonly unknown[],
  X,
  KeepDims extends boolean,
  Done extends Shape = [],
> = S extends readonly [infer Dim extends number, ...infer Dims extends Shape]
  ? Names extends readonly [infer Name, ...infer Rest]
    ? [Name & X] extends [never]
      ? ReduceSome<Dims, Rest, X, KeepDims, [...Done, Dim]>
      : ReduceSome<Dims, Rest, X, KeepDims, KeepDims extends true ? [...Done, 1] : Done>
    : never
  : Done;
