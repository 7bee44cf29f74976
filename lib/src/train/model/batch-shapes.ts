// Batches of examples against the shape of one: what predict accepts and gives.

import type { Agree, Dims, Shape, Show } from "../../shapes/shape.ts";

/** `never` if fine, else "predict: expected input of shape [batch, 784], received [32, 783]". */
export type InputError<Op extends string, X extends Shape, I extends Shape> = [
  Agree<X, [number, ...I]>,
] extends [never]
  ? `${Op}: expected input of shape ${ShowBatch<I>}, received ${Show<X>}`
  : never;

type ShowBatch<S extends Shape> = S extends readonly [] ? "[batch]" : `[batch, ${Dims<S>}]`;

/** The output for the batch `X` of a model that makes `O` of one example. */
export type WithBatch<X extends Shape, O extends Shape> = number extends O["length"]
  ? any
  : number extends X["length"]
    ? [number, ...O]
    : [X[0], ...O];
