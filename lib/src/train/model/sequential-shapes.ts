// One signature for the three forms of `sequential`: (shape, ...layers), (layer, ...layers) and
// ([layer, ...]). Overloads would bury the sentence.
//
//     function sequential<
//       const A extends Shape | Layer | readonly Layer[],
//       const R extends readonly Layer[],
//     >(first: A & FirstArg<A, R>, ...rest: RestArgs<A, R>): Model<InputOf<A, R>, OutputOf<A, R>>;
//
// `A &` is there because a bare conditional type would lose the `const` context of `A`.

import type { Bad, Chain, CheckedLayers, Shaped } from "../../shapes/fn.ts";
import type { Shape } from "../../shapes/shape.ts";

type Layers<A, R extends readonly unknown[]> = A extends Shape
  ? R
  : A extends readonly unknown[]
    ? A
    : [A, ...R];

/** The shape of one example: as given, or from an input layer, or from `inputShape`. */
export type InputOf<A, R extends readonly unknown[]> = 0 extends 1 & A
  ? any
  : A extends readonly []
    ? []
    : A extends Shape
      ? [...A]
      : InputOfFirst<Layers<A, R>>;

type InputOfFirst<L> = L extends readonly [Shaped<infer F, infer I>, ...unknown[]]
  ? F extends { readonly input: infer S extends Shape }
    ? S
    : number extends I["length"]
      ? any
      : [...I]
  : any;

type Result<A, R extends readonly unknown[]> = Chain<InputOf<A, R>, Layers<A, R>>;

/** The shape of one output; `any` after an error, or where a layer's shape is unknown. */
export type OutputOf<A, R extends readonly unknown[]> =
  Result<A, R> extends infer C extends Shape ? C : any;

/** What the first argument must also be: `unknown`, or the sentence in its place. */
export type FirstArg<A, R extends readonly unknown[]> = A extends Shape
  ? unknown
  : A extends readonly unknown[]
    ? Result<A, R> extends Bad
      ? CheckedLayers<Result<A, R>, A>
      : unknown
    : Result<A, R> extends Bad<0, infer Sentence>
      ? Sentence
      : unknown;

/** The other layers, with the sentence in the place of the first one that does not fit. */
export type RestArgs<A, R extends readonly unknown[]> = A extends Shape
  ? CheckedLayers<Result<A, R>, R>
  : A extends readonly unknown[]
    ? R
    : RestOf<CheckedLayers<Result<A, R>, [A, ...R]>, R>;

type RestOf<L, R extends readonly unknown[]> = L extends readonly [unknown, ...infer Rest]
  ? Rest
  : R;
