// Stochastic gradient descent, with momentum (PyTorch's rule).

import { flag, type Kinds, notNegative, share } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, mul } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import {
  configOf,
  descend,
  makeOptimizer,
  type Optimizer,
  withDecay,
  zerosOf,
} from "./optimizer.ts";

/** Options of sgd(). By default learningRate is 0.01, momentum and weightDecay 0, nesterov false. */
export interface SgdOptions {
  readonly learningRate?: number;
  readonly momentum?: number;
  /** Look ahead along the velocity (Nesterov 1983). */
  readonly nesterov?: boolean;
  /** Adds weightDecay * p to the gradient of every parameter. */
  readonly weightDecay?: number;
}

export const SGD_DEFAULTS = {
  learningRate: 0.01,
  momentum: 0,
  nesterov: false,
  weightDecay: 0,
} as const;

const OPTIONS: Kinds<SgdOptions> = {
  learningRate: notNegative,
  momentum: share,
  nesterov: flag,
  weightDecay: notNegative,
};

/**
 * p - rate g (Nielsen, chapter 1); with momentum v = momentum v + g and p - rate v (Polyak 1964).
 * @throws ArgumentError for unknown options, numbers out of their range, and nesterov without momentum
 */
export function sgd(options: SgdOptions = {}): Optimizer {
  const config = configOf("sgd", OPTIONS, SGD_DEFAULTS, options);
  const { momentum, nesterov, weightDecay } = config;
  if (nesterov && momentum === 0) {
    throw new ArgumentError("sgd: expected a momentum above 0 for nesterov, received 0");
  }
  return makeOptimizer<{ velocity?: Params }>(
    "sgd",
    config,
    (params) => (momentum === 0 ? {} : { velocity: zerosOf(params) }),
    ({ params, gradients, slots, learningRate }) => {
      const g = withDecay(gradients, params, weightDecay);
      if (!slots.velocity) return { params: descend(params, g, learningRate), slots };
      const velocity = mapTree((v, d) => add(mul(v, momentum), d), slots.velocity, g);
      const ahead = () => mapTree((d, v) => add(d, mul(v, momentum)), g, velocity);
      const direction = nesterov ? ahead() : velocity;
      return { params: descend(params, direction, learningRate), slots: { velocity } };
    },
  );
}
