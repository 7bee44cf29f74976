// AdaGrad (Duchi et al. 2011), as PyTorch computes it.

import { type Kinds, notNegative } from "../../checks/arguments.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, div, sqrt, square } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import {
  configOf,
  descend,
  makeOptimizer,
  type Optimizer,
  withDecay,
  zerosOf,
} from "./optimizer.ts";

/** Options of adagrad(). By default learningRate is 0.01, epsilon 1e-10, weightDecay 0. */
export interface AdagradOptions {
  readonly learningRate?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

export const ADAGRAD_DEFAULTS = { learningRate: 0.01, epsilon: 1e-10, weightDecay: 0 } as const;

const OPTIONS: Kinds<AdagradOptions> = {
  learningRate: notNegative,
  epsilon: notNegative,
  weightDecay: notNegative,
};

/**
 * p - rate g / (sqrt(total of g^2 so far) + epsilon) (Duchi, Hazan and Singer 2011).
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const config = configOf("adagrad", OPTIONS, ADAGRAD_DEFAULTS, options);
  return makeOptimizer<{ total: Params }>(
    "adagrad",
    config,
    (params) => ({ total: zerosOf(params) }),
    ({ params, gradients, slots, learningRate }) => {
      const g = withDecay(gradients, params, config.weightDecay);
      const total = mapTree((t, d) => add(t, square(d)), slots.total, g);
      const scaled = mapTree((d, t) => div(d, add(sqrt(t), config.epsilon)), g, total);
      return { params: descend(params, scaled, learningRate), slots: { total } };
    },
  );
}
