// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), as PyTorch computes them.

import { type Kinds, notNegative, share } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, cast, div, mul, sqrt, square, sub } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import {
  biasCorrection,
  configOf,
  descend,
  makeOptimizer,
  type Optimizer,
  runningMean,
  type UpdateArguments,
  type Updated,
  withDecay,
  zerosOf,
} from "./optimizer.ts";

/**
 * Options of adam() and adamW(). By default learningRate is 0.001, beta1 0.9, beta2 0.999, epsilon
 * 1e-8, weightDecay 0 in adam and 0.01 in adamW (Kingma & Ba 2015).
 */
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

export const ADAMW_DEFAULTS: Readonly<Record<keyof AdamOptions, number>> = {
  ...ADAM_DEFAULTS,
  weightDecay: 0.01,
};

const OPTIONS: Kinds<AdamOptions> = {
  learningRate: notNegative,
  beta1: share,
  beta2: share,
  epsilon: notNegative,
  weightDecay: notNegative,
};

interface Moments extends Params {
  readonly mean: Params;
  readonly square: Params;
}

type Config = Required<AdamOptions>;

/** @throws ArgumentError for unknown options, and for numbers out of their range */
export function adam(options: AdamOptions = {}): Optimizer {
  const config = configOf("adam", OPTIONS, ADAM_DEFAULTS, options);
  return makeOptimizer("adam", config, zeroMoments, (args) => {
    const gradients = withDecay(args.gradients, args.params, config.weightDecay);
    return move({ ...args, gradients }, config);
  });
}

/** Adam whose decay does not pass through the moments. @throws ArgumentError as adam */
export function adamW(options: AdamOptions = {}): Optimizer {
  const config = configOf("adamW", OPTIONS, ADAMW_DEFAULTS, options);
  return makeOptimizer("adamW", config, zeroMoments, (args) => {
    const pull = mapTree((p) => mul(p, config.weightDecay), args.params);
    const params = descend(args.params, pull, args.learningRate);
    return move({ ...args, params }, config);
  });
}

function zeroMoments(params: Params): Moments {
  return { mean: zerosOf(params), square: zerosOf(params) };
}

/**
 * p - rate (m / c1) / (sqrt(v / c2) + epsilon), where c = 1 - beta^step makes up for the zero start.
 * The divisions by c1 and c2 are done on scalars.
 */
function move(args: UpdateArguments<Moments>, config: Config): Updated<Moments> {
  const { gradients, slots, step } = args;
  const { beta1, beta2, epsilon } = config;
  const squares = mapTree((g) => square(g), gradients);
  const mean = runningMean(slots.mean, gradients, beta1);
  const squared = runningMean(slots.square, squares, beta2);
  const moved = (p: Tensor, m: Tensor, v: Tensor): Tensor => {
    const rate = div(cast(args.learningRate, p.dtype), biasCorrection(beta1, step, p.dtype));
    const scale = div(1, sqrt(biasCorrection(beta2, step, p.dtype)));
    return sub(p, mul(rate, div(m, add(mul(sqrt(v), scale), epsilon))));
  };
  return {
    params: mapTree(moved, args.params, mean, squared),
    slots: { mean, square: squared },
  };
}
