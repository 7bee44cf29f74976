// Functions that `grad` accepts: their result must be a scalar.

import type { Shape, Show } from "./shape.ts";

/** `never` if fine, else "grad: the function must return a scalar, but it returned shape [3]". */
export type ScalarError<Op extends string, O extends Shape> = [] extends O
  ? never
  : `${Op}: the function must return a scalar, but it returned shape ${Show<O>}`;
