// The shape functions of the built-in layers.

import type { Fn } from "../../shapes/fn.ts";
import type { Shape, Show } from "../../shapes/shape.ts";

/** The output has the input's shape: activations, dropout, normalisation. */
export interface Identity extends Fn {
  readonly out: this["in"];
}

/** The head of a chain. `input` tells it from every other function, whose `out` might fit too. */
export interface Input<S extends Shape> extends Fn {
  readonly input: S;
  readonly out: S;
}

/** The last axis becomes `Units`. */
export interface Dense<Units extends number> extends Fn {
  readonly out: DenseOut<this["in"], Units>;
}

type DenseOut<S, Units extends number> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [...infer Init extends Shape, number]
      ? [...Init, Units]
      : "dense: expected at least one axis, received []"
  : never;

/** One axis. Only rank 1 keeps its size: products are not computed at compile time. */
export interface Flatten extends Fn {
  readonly out: this["in"] extends readonly [infer N extends number] ? [N] : [number];
}

/** A recurrent layer over [steps, features]: the last state, or the state after every step. */
export interface Recurrent<
  Op extends string,
  Units extends number,
  Sequences extends boolean = false,
> extends Fn {
  readonly out: RecurrentOut<this["in"], Op, Units, Sequences>;
}

type RecurrentOut<
  S,
  Op extends string,
  Units extends number,
  Sequences extends boolean,
> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [infer Steps extends number, number]
      ? RecurrentShape<Steps, Units, Sequences>
      : `${Op}: expected an example [steps, features], received ${Show<S>}`
  : never;

type RecurrentShape<
  Steps extends number,
  Units extends number,
  Sequences extends boolean,
> = boolean extends Sequences ? any : Sequences extends true ? [Steps, Units] : [Units];
