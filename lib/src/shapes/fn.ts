// Layers as functions on shapes: open to users, who write
// `interface My extends Fn { readonly out: ... this["in"] ... }`.

import type { Shape } from "./shape.ts";

/**
 * A function from the shape of one example to the next. `out` is a shape, or a sentence that says
 * why the input does not fit; `in` must stay `unknown`, since `Shape & [784]` does not reduce.
 */
export interface Fn {
  readonly in: unknown;
  readonly out: unknown;
}

/** The output has the input's shape: activations, dropout, normalisation. */
export interface Identity extends Fn {
  readonly out: this["in"];
}

/** The result of a shape function. */
export type ApplyFn<F extends Fn, S extends Shape> = (F & { readonly in: S })["out"];

/**
 * What a layer shows to these types; neither property need exist at run time. Both allow
 * `undefined`, else `exactOptionalPropertyTypes` adds a misleading hint to the sentences.
 */
export interface Shaped<out F extends Fn = Fn, out I extends Shape = any> {
  readonly fn?: F | undefined;
  readonly inputShape?: I | undefined;
}

/** The shape function of a layer. */
export type FnOf<L> = L extends Shaped<infer F, any> ? F : Fn;

/** The first layer that does not fit: its place in the list, and the sentence. */
export interface Bad<At extends number = number, Sentence = unknown> {
  readonly at: At;
  readonly sentence: Sentence;
}

/** The shape that leaves the layers `L` when `S` enters, or `Bad`, or `any` where unknown. */
export type Chain<S extends Shape, L extends readonly unknown[]> = number extends
  | S["length"]
  | L["length"]
  ? any
  : ChainFrom<S, L>;

// `Done` counts the layers passed.
type ChainFrom<
  S extends Shape,
  L extends readonly unknown[],
  Done extends 0[] = [],
> = L extends readonly [infer Head, ...infer Tail] ? Step<ApplyFn<FnOf<Head>, S>, Tail, Done> : S;

// What a layer gave: unknown, a sentence, or the shape for the layers after it.
type Step<Out, Tail extends readonly unknown[], Done extends 0[]> = unknown extends Out
  ? any
  : [Out] extends [never]
    ? any
    : [Out] extends [string]
      ? Bad<Done["length"], Out>
      : [Out] extends [Shape]
        ? number extends Out["length"]
          ? any
          : ChainFrom<Out, Tail, [...Done, 0]>
        : any;

/** The layers as parameters: the sentence stands in the place of the layer that does not fit. */
export type CheckedLayers<C, L extends readonly unknown[]> = [C] extends [
  Bad<infer At, infer Sentence>,
]
  ? { [I in keyof L]: I extends `${At}` ? Sentence : L[I] }
  : L;
