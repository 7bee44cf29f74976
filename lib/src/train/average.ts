// A mean of the weights over updates, kept beside them and used in their place where a model is judged. Running statistics
// are not averaged: a mean of means and variances, taken under other weights each, would be that of no network.

import { count, expectOptions, fraction, type Kinds, oneOf } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import type { Params } from "../nn/layers/layer.ts";
import { scalar } from "../runtime/values/numbers.ts";
import type { Tensor } from "../runtime/values/tensor.ts";
import { mapTree } from "../runtime/values/tree.ts";
import type { AverageSpec } from "../spec/parts.ts";
import { equal, lessEqual, where } from "../tensor/comparison.ts";
import { add, cast, div, mod, mul, sub } from "../tensor/elementwise.ts";

/** What is said of an average, its defaults filled in. */
export interface Average {
  readonly kind: "ema" | "swa";
  readonly decay: number;
  readonly start: number;
  readonly every: number;
}

/** Which weights a model is judged by: the mean of those of its training, where it keeps one, or these. */
export type WhichWeights = "average" | "trained";

const AVERAGE: Kinds<AverageSpec> = {
  kind: oneOf("ema", "swa"),
  decay: fraction,
  start: count,
  every: count,
};

/** @throws ArgumentError for what says no average, and for a decay of weights that all count alike */
export function averageOf(spec: AverageSpec): Average {
  expectOptions("averageWeights", spec, AVERAGE, ["kind"]);
  const { kind, decay = 0.999, start = 1, every = 1 } = spec;
  if (kind === "swa" && spec.decay !== undefined) {
    throw new ArgumentError(
      `averageWeights: expected no decay for "swa", whose weights count alike, received ${decay}`,
    );
  }
  return { kind, decay, start, every };
}

/**
 * The mean with the weights after one update more: a + r (w - a), where r is 1 - decay, or 1 / n for the n-th
 * weights that count; a = w until `start`. To be traced.
 * @param number int32 scalar: of this update, from 1
 */
export function nextAverage(
  { kind, decay, start, every }: Average,
  average: Params,
  weights: Params,
  number: Tensor,
): Params {
  const since = sub(number, start);
  const isFirst = lessEqual(since, 0);
  const counts = equal(mod(since, every), 0);
  const places = div(cast(sub(since, mod(since, every)), "float64"), every);
  const share = kind === "ema" ? 1 - decay : div(1, add(places, 1));
  const rate = where(counts, share, scalar(0, "float64"));
  return mapTree(
    (a, w) => where(isFirst, w, add(a, mul(sub(w, a), cast(rate, w.dtype)))),
    average,
    weights,
  );
}
