// RMSProp (Tieleman and Hinton 2012), as PyTorch computes it.

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

/**
 * Options of rmsProp(). By default learningRate is 0.01, rho 0.99, epsilon 1e-8, momentum and
 * weightDecay 0.
 */
export interface RmsPropOptions {
  readonly learningRate?: number;
  /** How fast the mean of squared gradients forgets. */
  readonly rho?: number;
  readonly epsilon?: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
}

export const RMS_PROP_DEFAULTS = {
  learningRate: 0.01,
  rho: 0.99,
  epsilon: 1e-8,
  momentum: 0,
  weightDecay: 0,
} as const;

const OPTIONS: Kinds<RmsPropOptions> = {
  learningRate: notNegative,
  rho: share,
  epsilon: notNegative,
  momentum: share,
  weightDecay: notNegative,
};

interface Slots extends Params {
  readonly square: Params;
  readonly velocity: Params;
}

/**
 * p - rate g / (sqrt(mean of g^2) + epsilon), or with momentum the velocity of these (Tieleman and Hinton 2012), as
 * PyTorch computes it.
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function rmsProp(options: RmsPropOptions = {}): Optimizer {
  const config = configOf("rmsProp", OPTIONS, RMS_PROP_DEFAULTS, options);
  const { rho, epsilon, momentum, weightDecay } = config;
  return makeOptimizer<Slots>(
    "rmsProp",
    config,
    (params) => ({ square: zerosOf(params), velocity: momentum === 0 ? {} : zerosOf(params) }),
    ({ params, gradients, slots, learningRate }) => {
      const g = withDecay(gradients, params, weightDecay);
      const squared = runningMean(
        slots.square,
        mapTree((d) => square(d), g),
        rho,
      );
      const scaled = mapTree((d, v) => div(d, add(sqrt(v), epsilon)), g, squared);
      if (momentum === 0) {
        return {
          params: descend(params, scaled, learningRate),
          slots: { square: squared, velocity: {} },
        };
      }
      const velocity = mapTree((v, d) => add(mul(v, momentum), d), slots.velocity, scaled);
      return {
        params: descend(params, velocity, learningRate),
        slots: { square: squared, velocity },
      };
    },
  );
}
