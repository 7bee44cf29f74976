// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), as PyTorch computes them.

import { mapTree } from "../../runtime/tree.ts";
import { add, div, mul, sqrt, square } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import {
  biasCorrection,
  descend,
  makeOptimizer,
  type Optimizer,
  runningMean,
  type UpdateArguments,
  type Updated,
  withDecay,
  zerosOf,
} from "./optimizer.ts";

export interface AdamOptions {
  readonly learningRate?: number;
  /** How fast the mean of gradients forgets. */
  readonly beta1?: number;
  /** How fast the mean of squared gradients forgets. */
  readonly beta2?: number;
  readonly epsilon?: number;
  /** In adam added to the gradient as weightDecay * p; in adamW p shrinks by rate * weightDecay. */
  readonly weightDecay?: number;
}

export const ADAM_DEFAULTS = {
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
} as const;

export const ADAMW_DEFAULTS = { ...ADAM_DEFAULTS, weightDecay: 0.01 } as const;

interface Moments extends Params {
  readonly mean: Params;
  readonly square: Params;
}

type Config = Required<AdamOptions>;

export function adam(options: AdamOptions = {}): Optimizer {
  const config = { ...ADAM_DEFAULTS, ...options };
  return makeOptimizer("adam", config, zeroMoments, (args) => {
    const gradients = withDecay(args.gradients, args.params, config.weightDecay);
    return move({ ...args, gradients }, config);
  });
}

/** Adam whose decay does not pass through the moments. */
export function adamW(options: AdamOptions = {}): Optimizer {
  const config = { ...ADAMW_DEFAULTS, ...options };
  return makeOptimizer("adamW", config, zeroMoments, (args) => {
    const shrinkage = mul(args.learningRate, config.weightDecay);
    const params = descend(args.params, args.params, shrinkage);
    return move({ ...args, params }, config);
  });
}

function zeroMoments(params: Params): Moments {
  return { mean: zerosOf(params), square: zerosOf(params) };
}

/** p - rate (m / c1) / (sqrt(v / c2) + epsilon), where c = 1 - beta^step makes up for the zero start. */
function move(args: UpdateArguments<Moments>, config: Config): Updated<Moments> {
  const { params, gradients, slots, learningRate, step } = args;
  const { beta1, beta2, epsilon } = config;
  const mean = runningMean(slots.mean, gradients, beta1);
  const squared = runningMean(
    slots.square,
    mapTree((g) => square(g), gradients),
    beta2,
  );
  const direction = mapTree(
    (m, v) => {
      const c1 = biasCorrection(beta1, step, m.dtype);
      const c2 = sqrt(biasCorrection(beta2, step, m.dtype));
      return div(div(m, c1), add(div(sqrt(v), c2), epsilon));
    },
    mean,
    squared,
  );
  return {
    params: descend(params, direction, learningRate),
    slots: { mean, square: squared },
  };
}
