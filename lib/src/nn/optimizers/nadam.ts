// Nadam (Dozat 2016): Adam that looks ahead along its mean, as PyTorch computes it.

import { type Kinds, notNegative } from "../../checks/arguments.ts";
import { scalar } from "../../runtime/values/numbers.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, cast, div, exp, mul, sqrt, sub } from "../../tensor/elementwise.ts";
import {
  MOMENT_DEFAULTS,
  MOMENT_KINDS,
  type MomentOptions,
  nextMoments,
  type TwoMoments,
  zeroMoments,
} from "./moments.ts";
import { biasCorrection, configOf, makeOptimizer, type Optimizer, withDecay } from "./optimizer.ts";

/**
 * Options of nadam(). By default learningRate is 0.002, beta1 0.9, beta2 0.999, epsilon 1e-8,
 * weightDecay 0, momentumDecay 0.004.
 */
export interface NadamOptions extends MomentOptions {
  /** How soon the momentum rises to beta1. */
  readonly momentumDecay?: number;
}

export const NADAM_DEFAULTS: Required<NadamOptions> = {
  ...MOMENT_DEFAULTS,
  learningRate: 0.002,
  momentumDecay: 0.004,
};

const OPTIONS: Kinds<NadamOptions> = { ...MOMENT_KINDS, momentumDecay: notNegative };

interface Slots extends TwoMoments {
  /** float64 scalar: the product of the momenta so far. */
  readonly product: Tensor;
}

/**
 * p - rate ((1 - u) g / (1 - P) + u' m / (1 - P u')) / (sqrt(v / (1 - beta2^step)) + epsilon), where
 * u = beta1 (1 - 0.96^(momentumDecay step) / 2) is the momentum of this update, u' that of the next, and P
 * the product of u so far (Dozat 2016, "Incorporating Nesterov momentum into Adam").
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function nadam(options: NadamOptions = {}): Optimizer {
  const config = configOf("nadam", OPTIONS, NADAM_DEFAULTS, options);
  const { beta1, beta2, epsilon, weightDecay, momentumDecay } = config;
  const momentum = (step: Tensor): Tensor => {
    const fade = exp(mul(cast(step, "float64"), momentumDecay * Math.log(0.96)));
    return mul(sub(1, mul(fade, 0.5)), beta1);
  };
  return makeOptimizer<Slots>(
    "nadam",
    config,
    (params) => ({ ...zeroMoments(params), product: scalar(1, "float64") }),
    ({ params, gradients, slots, learningRate, step }) => {
      const g = withDecay(gradients, params, weightDecay);
      const { mean, square } = nextMoments(slots, g, config);
      const [now, next] = [momentum(step), momentum(add(step, 1))];
      const product = mul(slots.product, now);
      const rate = cast(learningRate, "float64");
      const ofGradient = div(mul(rate, sub(1, now)), sub(1, product));
      const ofMean = div(mul(rate, next), sub(1, mul(product, next)));
      const moved = (p: Tensor, d: Tensor, m: Tensor, v: Tensor): Tensor => {
        const scale = div(1, sqrt(biasCorrection(beta2, step, p.dtype)));
        const push = add(mul(d, cast(ofGradient, p.dtype)), mul(m, cast(ofMean, p.dtype)));
        return sub(p, div(push, add(mul(sqrt(v), scale), epsilon)));
      };
      return {
        params: mapTree(moved, params, g, mean, square),
        slots: { mean, square, product },
      };
    },
  );
}
