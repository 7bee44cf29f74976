// Waiting times, and the largest of many numbers: what logarithms make of uniform draws.

import { anything, expectOptions, type Kinds, oneOf, positive } from "../../checks/arguments.ts";
import { signature } from "../../checks/signature.ts";
import { shapeKind } from "../../runtime/values/kinds.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Shape } from "../../shapes/index.ts";
import { div, log, log1p, maximum, neg } from "../elementwise.ts";
import { type Key, keyKind, type Mutable, uniform } from "../random.ts";

/** Options of exponential(): rate 1, in float32, by default. */
export interface ExponentialOptions {
  readonly rate?: number;
  readonly dtype?: "float32" | "float64";
}

/** Options of gumbel(): float32 by default. */
export interface GumbelOptions {
  readonly dtype?: "float32" | "float64";
}

const floatKind = oneOf("float32", "float64");
const EXPONENTIAL: Kinds<ExponentialOptions> = { rate: positive, dtype: floatKind };
const GUMBEL: Kinds<GumbelOptions> = { dtype: floatKind };

const checkExponential = signature<typeof exponential>(
  "exponential(key, shape, { rate, dtype })",
  keyKind,
  shapeKind,
  anything,
);

/** Exponential of density rate exp(-rate x): -log(1 - u) / rate of a uniform u. */
export function exponential<const S extends Shape>(
  from: Key,
  shape: S,
  options: ExponentialOptions = {},
): Tensor<Mutable<S>> {
  checkExponential(arguments);
  expectOptions("exponential", options, EXPONENTIAL);
  const { rate = 1, dtype = "float32" } = options;
  return div(waiting(from, shape, dtype), rate) as Tensor;
}

const checkGumbel = signature<typeof gumbel>(
  "gumbel(key, shape, { dtype })",
  keyKind,
  shapeKind,
  anything,
);

/** Standard Gumbel, of distribution function exp(-exp(-x)): -log of an exponential (Gumbel 1954). */
export function gumbel<const S extends Shape>(
  from: Key,
  shape: S,
  options: GumbelOptions = {},
): Tensor<Mutable<S>> {
  checkGumbel(arguments);
  expectOptions("gumbel", options, GUMBEL);
  const { dtype = "float32" } = options;
  // The least draw is 0: it counts as half of the next one, so that no result is infinite.
  const least = dtype === "float32" ? 2 ** -25 : 2 ** -54;
  return neg(log(maximum(waiting(from, shape, dtype), least))) as Tensor;
}

function waiting(from: Key, shape: Shape, dtype: "float32" | "float64"): Tensor {
  return neg(log1p(neg(uniform(from, shape, { dtype }))));
}
