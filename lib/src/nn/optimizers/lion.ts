// Lion (Chen et al. 2023): the sign of a mean of gradients, with decoupled decay.

import { type Kinds, notNegative, share } from "../../checks/arguments.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, mul, sign } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import { DECAY_KINDS, type Decayed, shrink } from "./decay.ts";
import {
  configOf,
  descend,
  makeOptimizer,
  type Optimizer,
  runningMean,
  zerosOf,
} from "./optimizer.ts";

/**
 * Options of lion(). By default learningRate is 1e-4, a third to a tenth of Adam's, beta1 0.9, beta2
 * 0.99, weightDecay 0.
 */
export interface LionOptions {
  readonly learningRate?: number;
  /** What the mean of gradients weighs in the direction. */
  readonly beta1?: number;
  /** How fast the mean of gradients forgets. */
  readonly beta2?: number;
  /** Parameters shrink by rate * weightDecay. */
  readonly weightDecay?: number;
  /** Which parameters decay; "all" by default. */
  readonly decayOn?: Decayed;
}

export const LION_DEFAULTS = {
  learningRate: 1e-4,
  beta1: 0.9,
  beta2: 0.99,
  weightDecay: 0,
  decayOn: "all",
} as const;

const OPTIONS: Kinds<LionOptions> = {
  learningRate: notNegative,
  beta1: share,
  beta2: share,
  ...DECAY_KINDS,
};

/**
 * p - rate (sign(beta1 m + (1 - beta1) g) + weightDecay p), then m = beta2 m + (1 - beta2) g (Chen et al.
 * 2023, "Symbolic discovery of optimization algorithms", algorithm 2). A gradient and a mean of 0 move nothing.
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function lion(options: LionOptions = {}): Optimizer {
  const config = configOf("lion", OPTIONS, LION_DEFAULTS, options);
  const { beta1, beta2 } = config;
  return makeOptimizer<{ mean: Params }>(
    "lion",
    config,
    (params) => ({ mean: zerosOf(params) }),
    (args) => {
      const { gradients, slots, learningRate } = args;
      const direction = mapTree(
        (m, g) => sign(add(mul(m, beta1), mul(g, 1 - beta1))),
        slots.mean,
        gradients,
      );
      return {
        params: descend(shrink("lion", args, config), direction, learningRate),
        slots: { mean: runningMean(slots.mean, gradients, beta2) },
      };
    },
  );
}
