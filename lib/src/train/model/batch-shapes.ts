// Batches of examples against the shape of one: what predict and fit accept and give.

import type { Agree, AgreeDim, Dims, Shape, Show } from "../../shapes/shape.ts";

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

/** `never` if fine, else "fit: expected as many targets as examples, received [9, 2] and [8]". */
export type CountError<Op extends string, X extends Shape, Y extends Shape> = X extends readonly [
  infer N extends number,
  ...Shape,
]
  ? Y extends readonly [infer M extends number, ...Shape]
    ? [AgreeDim<N, M>] extends [never]
      ? `${Op}: expected as many targets as examples, received ${Show<X>} and ${Show<Y>}`
      : never
    : never
  : never;
