// AdaGrad (Duchi et al. 2011), as PyTorch computes it.

import { mapTree } from "../../runtime/tree.ts";
import { add, div, sqrt, square } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import { descend, makeOptimizer, type Optimizer, withDecay, zerosOf } from "./optimizer.ts";

export interface AdagradOptions {
  readonly learningRate?: number;
  readonly epsilon?: number;
  readonly weightDecay?: number;
}

export const ADAGRAD_DEFAULTS = { learningRate: 0.01, epsilon: 1e-10, weightDecay: 0 } as const;

/** p - rate g / (sqrt(total of g^2 so far) + epsilon). */
export function adagrad(options: AdagradOptions = {}): Optimizer {
  const config = { ...ADAGRAD_DEFAULTS, ...options };
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
