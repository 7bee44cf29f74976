// Limits on gradients, against steps that are too long.

import type { Tensor } from "../../runtime/tensor.ts";
import { flattenTree, mapTree } from "../../runtime/tree.ts";
import { add, cast, clip, div, maximum, mul, sqrt, square } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";

/** The L2 norm of all gradients together, a scalar. */
export function globalNorm<T>(gradients: T): Tensor {
  const squares = flattenTree(gradients).leaves.map((g): Tensor => sum(square(g)));
  return sqrt(squares.reduce((a, b) => add(a, cast(b, a.dtype))));
}

/** Gradients shortened together to a norm of at most `limit`; their direction stays. */
export function clipByNorm<T>(gradients: T, limit: number): T {
  if (flattenTree(gradients).leaves.length === 0) return gradients;
  const norm = globalNorm(gradients);
  const factor: Tensor = div(limit, maximum(norm, limit));
  return mapTree((g) => mul(g, cast(factor, g.dtype)), gradients);
}

/** Every element cut to [-limit, limit]. */
export function clipByValue<T>(gradients: T, limit: number): T {
  return mapTree((g) => clip(g, -limit, limit), gradients);
}
