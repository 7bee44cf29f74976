// RAdam (Liu et al. 2020): Adam that waits until its second moment is worth something, as PyTorch computes it.

import type { Kinds } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { greater, where } from "../../tensor/comparison.ts";
import { add, cast, div, exp, maximum, mul, sqrt, sub } from "../../tensor/elementwise.ts";
import {
  MOMENT_DEFAULTS,
  MOMENT_KINDS,
  type MomentOptions,
  nextMoments,
  zeroMoments,
} from "./moments.ts";
import { biasCorrection, configOf, makeOptimizer, type Optimizer, withDecay } from "./optimizer.ts";

/**
 * Options of radam(). By default learningRate is 0.001, beta1 0.9, beta2 0.999, epsilon 1e-8,
 * weightDecay 0.
 */
export interface RadamOptions extends MomentOptions {}

export const RADAM_DEFAULTS: typeof MOMENT_DEFAULTS = MOMENT_DEFAULTS;

const OPTIONS: Kinds<RadamOptions> = MOMENT_KINDS;

/** Below this many degrees of freedom the variance of the second moment has no bound. */
const ENOUGH = 5;

/**
 * p - rate r m' sqrt(1 - beta2^step) / (sqrt(v) + epsilon), where m' = m / (1 - beta1^step) and
 * r = sqrt((d - 4) (d - 2) D / ((D - 4) (D - 2) d)), with D = 2 / (1 - beta2) - 1 and
 * d = D - 2 step beta2^step / (1 - beta2^step); p - rate m' while d <= 5 (Liu et al. 2020, "On the
 * variance of the adaptive learning rate and beyond", algorithm 2).
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function radam(options: RadamOptions = {}): Optimizer {
  const config = configOf("radam", OPTIONS, RADAM_DEFAULTS, options);
  const { beta1, beta2, epsilon, weightDecay } = config;
  const most = 2 / (1 - beta2) - 1;
  return makeOptimizer("radam", config, zeroMoments, (args) => {
    const { params, slots, learningRate, step } = args;
    const g = withDecay(args.gradients, params, weightDecay);
    const moments = nextMoments(slots, g, config);
    // In double precision, as it is the small difference of large numbers.
    const time = cast(step, "float64");
    const left = exp(mul(time, Math.log(beta2)));
    const freedom = sub(most, div(mul(mul(time, 2), left), sub(1, left)));
    const isEnough = greater(freedom, ENOUGH);
    const some = maximum(freedom, ENOUGH);
    const share = div(mul(sub(some, 4), sub(some, 2)), mul(some, ((most - 4) * (most - 2)) / most));
    const rate = div(cast(learningRate, "float64"), biasCorrection(beta1, step, "float64"));
    const rectified = mul(rate, sqrt(mul(share, sub(1, left))));
    const moved = (p: Tensor, m: Tensor, v: Tensor): Tensor => {
      const adapted = div(cast(rectified, p.dtype), add(sqrt(v), epsilon));
      return sub(p, mul(m, where(isEnough, adapted, cast(rate, p.dtype))));
    };
    return { params: mapTree(moved, params, moments.mean, moments.square), slots: moments };
  });
}
