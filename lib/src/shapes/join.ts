// Joining several tensors: concat along an axis they have, stack along a new one.

import type { NamesOf } from "./axes.ts";
import type { Agree, AgreeDim, Exact, Shape, Show } from "./shape.ts";

type Shapes = readonly Shape[];

/** The shape of a concatenation along axis `X`; `never` if another axis or a rank differs. */
export type Concat<L extends Shapes, X extends number = 0> = number extends L["length"] | Exact<X>
  ? any
  : L extends readonly [infer First extends Shape, ...infer Rest extends Shapes]
    ? ConcatAll<First, Rest, X>
    : any;

type ConcatAll<Done extends Shape, L extends Shapes, X extends number> = L extends readonly [
  infer Next extends Shape,
  ...infer Rest extends Shapes,
]
  ? [ConcatTwo<Done, Next, X>] extends [never]
    ? never
    : ConcatAll<ConcatTwo<Done, Next, X>, Rest, X>
  : Done;

type ConcatTwo<A extends Shape, B extends Shape, X extends number> = number extends
  | A["length"]
  | B["length"]
  ? any
  : [NamesOf<A>] extends [never]
    ? any
    : [NamesOf<A>[number] & X] extends [never]
      ? never
      : ConcatAxes<A, B, NamesOf<A>, X>;

// The joined axis is `number`: a loop that grows a tensor then keeps one type.
type ConcatAxes<
  A extends Shape,
  B extends Shape,
  Names extends readonly unknown[],
  X extends number,
  Done extends Shape = [],
> = A extends readonly [infer ADim extends number, ...infer ARest extends Shape]
  ? B extends readonly [infer BDim extends number, ...infer BRest extends Shape]
    ? Names extends readonly [infer Name, ...infer NRest]
      ? [Name & X] extends [never]
        ? [AgreeDim<ADim, BDim>] extends [never]
          ? never
          : ConcatAxes<ARest, BRest, NRest, X, [...Done, AgreeDim<ADim, BDim>]>
        : ConcatAxes<ARest, BRest, NRest, X, [...Done, number]>
      : never
    : never
  : B extends readonly []
    ? Done
    : never;

/** `never` if they join, else "concat: shapes [2, 3], [2, 4] do not join along axis 0". */
export type ConcatError<Op extends string, L extends Shapes, X extends number = 0> = [
  Concat<L, X>,
] extends [never]
  ? `${Op}: shapes ${ShowAll<L>} do not join along axis ${X}`
  : never;

// ---- stack ----------------------------------------------------------------------------------

/** The shape of a stack with its new axis at `X`; `never` if the shapes differ. */
export type Stack<L extends Shapes, X extends number = 0> = number extends L["length"] | Exact<X>
  ? any
  : L extends readonly [infer First extends Shape, ...infer Rest extends Shapes]
    ? Insert<AgreeAll<First, Rest>, L["length"], X>
    : any;

type AgreeAll<Done extends Shape, L extends Shapes> = L extends readonly [
  infer Next extends Shape,
  ...infer Rest extends Shapes,
]
  ? [Agree<Done, Next>] extends [never]
    ? never
    : AgreeAll<Agree<Done, Next>, Rest>
  : Done;

type Insert<S extends Shape, N extends number, X extends number> = [S] extends [never]
  ? never
  : number extends S["length"]
    ? any
    : [NamesOf<[N, ...S]>] extends [never]
      ? any
      : InsertAxis<S, N, X, NamesOf<[N, ...S]>>;

type InsertAxis<
  S extends Shape,
  N extends number,
  X extends number,
  Names extends readonly unknown[],
  Done extends Shape = [],
> = Names extends readonly [infer Name, ...infer Rest]
  ? [Name & X] extends [never]
    ? S extends readonly [infer Head extends number, ...infer Tail extends Shape]
      ? InsertAxis<Tail, N, X, Rest, [...Done, Head]>
      : never
    : [...Done, N, ...S]
  : never;

/** `never` if they stack, else "stack: shapes [2, 3], [2, 4] do not stack along axis 0". */
export type StackError<Op extends string, L extends Shapes, X extends number = 0> = [
  Stack<L, X>,
] extends [never]
  ? `${Op}: shapes ${ShowAll<L>} do not stack along axis ${X}`
  : never;

type ShowAll<L extends Shapes> = L extends readonly [
  infer Head extends Shape,
  ...infer Tail extends Shapes,
]
  ? `${Show<Head>}${Tail extends readonly [] ? "" : `, ${ShowAll<Tail>}`}`
  : "";
