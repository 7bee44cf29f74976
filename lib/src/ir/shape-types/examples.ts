// Batches of examples against the shape of one: what predict and fit accept and give.

import type { Agree, AgreeDim, Dims, Shape, Show } from "./shape.ts";

/** `never` if fine, else "predict: expected input of shape [batch, 784], got [32, 783]". */
export type InputError<Op extends string, X extends Shape, I extends Shape> = [
  Agree<X, [number, ...I]>,
] extends [never]
  ? `${Op}: expected input of shape ${ShowBatch<I>}, got ${Show<X>}`
  : never;

type ShowBatch<S extends Shape> = S extends readonly [] ? "[batch]" : `[batch, ${Dims<S>}]`;

/** The output for the batch `X` of a model that makes `O` of one example. */
export type WithBatch<X extends Shape, O extends Shape> = number extends O["length"]
  ? any
  : number extends X["length"]
    ? [number, ...O]
    : [X[0], ...O];

/** `never` if fine, else "fit: x has 100 examples and y has 99". */
export type CountError<Op extends string, X extends Shape, Y extends Shape> = X extends readonly [
  infer N extends number,
  ...Shape,
]
  ? Y extends readonly [infer M extends number, ...Shape]
    ? [AgreeDim<N, M>] extends [never]
      ? `${Op}: x has ${N} examples and y has ${M}`
      : never
    : never
  : never;
