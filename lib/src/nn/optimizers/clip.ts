// Limits on gradients, against steps that are too long.

import {
  expectArgument,
  expectOptions,
  type Kinds,
  notNegative,
  object,
  positive,
  show,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { flattenTree, mapTree } from "../../runtime/values/tree.ts";
import type { ClipSpec } from "../../spec/parts.ts";
import { lessEqual, where } from "../../tensor/comparison.ts";
import { zeros } from "../../tensor/create.ts";
import { abs, add, cast, clip, div, maximum, mul, square } from "../../tensor/elementwise.ts";
import { max, sum } from "../../tensor/reduce.ts";
import { rootOfSquares, squareScale } from "../../tensor/scale.ts";

export type { ClipSpec } from "../../spec/parts.ts";

const CLIP: Kinds<ClipSpec> = { value: positive, norm: positive, globalNorm: positive };

/**
 * A clip that says something.
 * @throws ArgumentError unless it says one of value, norm and globalNorm, and a number above 0
 */
export function clipOf(clip: ClipSpec): ClipSpec {
  expectOptions("clip", clip, CLIP, []);
  const given = Object.entries(clip ?? {}).filter(([, limit]) => limit !== undefined);
  if (given.length === 1) return Object.fromEntries(given) as ClipSpec;
  throw new ArgumentError(
    `clip: expected one of value, norm and globalNorm, as in { globalNorm: 1 }, received ${show(clip)}`,
  );
}

/** Gradients as a clip leaves them; what a norm is taken of, it says. */
export function clipGradients<T>({ value, norm, globalNorm }: ClipSpec, gradients: T): T {
  if (value !== undefined) return clipByValue(gradients, value);
  if (globalNorm !== undefined) return clipByNorm(gradients, globalNorm);
  return mapTree((g) => clipByNorm({ g }, norm!).g, gradients);
}

/** The L2 norm of all gradients together, a scalar; its slope where all are 0 is 0. */
export function globalNorm<T>(gradients: T): Tensor {
  expectArgument("globalNorm", "gradients", gradients, object);
  const { root, scale } = scaledNorm(gradients);
  return div(root, scale);
}

/**
 * Gradients shortened together to a norm of at most `limit`; their direction stays, also where their
 * squares, or the norm itself, are beyond their type. A NaN among them makes all NaN.
 */
export function clipByNorm<T>(gradients: T, limit: number): T {
  expectArgument("clipByNorm", "gradients", gradients, object);
  expectArgument("clipByNorm", "limit", limit, notNegative);
  if (flattenTree(gradients).leaves.length === 0) return gradients;
  const { root, scale } = scaledNorm(gradients);
  const isShort = lessEqual(root, mul(scale, limit));
  // Where nothing is shortened, not even by 0 / 0, the gradients keep their bits.
  const factor = where(isShort, 1, div(limit, where(isShort, 1, root)));
  const before = where(isShort, 1, scale);
  return mapTree((g) => mul(mul(g, cast(before, g.dtype)), cast(factor, g.dtype)), gradients);
}

/** Every element cut to [-limit, limit]. */
export function clipByValue<T>(gradients: T, limit: number): T {
  expectArgument("clipByValue", "gradients", gradients, object);
  expectArgument("clipByValue", "limit", limit, notNegative);
  return mapTree((g) => clip(g, -limit, limit), gradients);
}

/** The norm of the gradients times a power of two, and that power: see `squareScale`. */
function scaledNorm(gradients: unknown): { root: Tensor; scale: Tensor } {
  const { leaves } = flattenTree(gradients);
  const dtype = leaves.some((g) => g.dtype === "float64") ? "float64" : "float32";
  const wide = leaves.map((g) => cast(g, dtype));
  const none = zeros([], dtype);
  const top = wide.reduce((largest: Tensor, g) => maximum(largest, max(abs(g))), none);
  const scale = squareScale(top);
  const squares = wide.map((g): Tensor => sum(square(mul(g, scale))));
  return { root: rootOfSquares(squares.reduce((a, b) => add(a, b), none)), scale };
}
