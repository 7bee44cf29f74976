// What Adam and its kin share: running means of gradients and of their squares.

import { type Kinds, notNegative, share } from "../../checks/arguments.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { square } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import { runningMean, zerosOf } from "./optimizer.ts";

/** Options of optimizers that keep two moments of gradients. */
export interface MomentOptions {
  readonly learningRate?: number;
  /** How fast the mean of gradients forgets. */
  readonly beta1?: number;
  /** How fast the mean of squared gradients forgets. */
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Added to the gradient as weightDecay * p. */
  readonly weightDecay?: number;
}

export const MOMENT_DEFAULTS = {
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
} as const;

export const MOMENT_KINDS: Kinds<MomentOptions> = {
  learningRate: notNegative,
  beta1: share,
  beta2: share,
  epsilon: notNegative,
  weightDecay: notNegative,
};

export interface TwoMoments extends Params {
  readonly mean: Params;
  readonly square: Params;
}

export function zeroMoments(params: Params): TwoMoments {
  return { mean: zerosOf(params), square: zerosOf(params) };
}

/** Both moments with one gradient more. */
export function nextMoments(
  { mean, square: squared }: TwoMoments,
  gradients: Params,
  { beta1, beta2 }: { readonly beta1: number; readonly beta2: number },
): TwoMoments {
  const squares = mapTree((g) => square(g), gradients);
  return {
    mean: runningMean(mean, gradients, beta1),
    square: runningMean(squared, squares, beta2),
  };
}
