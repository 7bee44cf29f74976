// Adadelta (Zeiler 2012), as PyTorch computes it.

import { type Kinds, notNegative, share } from "../../checks/arguments.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, div, mul, sqrt, square } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import {
  configOf,
  descend,
  makeOptimizer,
  type Optimizer,
  runningMean,
  withDecay,
  zerosOf,
} from "./optimizer.ts";

/** Options of adadelta(). By default learningRate is 1, rho 0.9, epsilon 1e-6, weightDecay 0. */
export interface AdadeltaOptions {
  readonly learningRate?: number;
  /** How fast the means of squares forget. */
  readonly rho?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

export const ADADELTA_DEFAULTS = {
  learningRate: 1,
  rho: 0.9,
  epsilon: 1e-6,
  weightDecay: 0,
} as const;

const OPTIONS: Kinds<AdadeltaOptions> = {
  learningRate: notNegative,
  rho: share,
  epsilon: notNegative,
  weightDecay: notNegative,
};

interface Slots extends Params {
  readonly square: Params;
  readonly moved: Params;
}

/**
 * p - rate d, where d = sqrt(mean of d^2 + epsilon) / sqrt(mean of g^2 + epsilon) g: steps in the units
 * of the parameter, so that the rate may stay 1 (Zeiler 2012, "ADADELTA: An adaptive learning rate
 * method", algorithm 1).
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function adadelta(options: AdadeltaOptions = {}): Optimizer {
  const config = configOf("adadelta", OPTIONS, ADADELTA_DEFAULTS, options);
  const { rho, epsilon, weightDecay } = config;
  const squares = (tree: Params): Params => mapTree((x) => square(x), tree);
  return makeOptimizer<Slots>(
    "adadelta",
    config,
    (params) => ({ square: zerosOf(params), moved: zerosOf(params) }),
    ({ params, gradients, slots, learningRate }) => {
      const g = withDecay(gradients, params, weightDecay);
      const squared = runningMean(slots.square, squares(g), rho);
      const direction = mapTree(
        (d, s, m) => mul(div(sqrt(add(m, epsilon)), sqrt(add(s, epsilon))), d),
        g,
        squared,
        slots.moved,
      );
      const moved = runningMean(slots.moved, squares(direction), rho);
      return {
        params: descend(params, direction, learningRate),
        slots: { square: squared, moved },
      };
    },
  );
}
