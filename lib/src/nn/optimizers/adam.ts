// Adam (Kingma and Ba 2015) and AdamW (Loshchilov and Hutter 2019), as PyTorch computes them.

import type { Kinds } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { add, cast, div, mul, sqrt, sub } from "../../tensor/elementwise.ts";
import { DECAY_KINDS, type Decayed, shrink } from "./decay.ts";
import {
  MOMENT_DEFAULTS,
  MOMENT_KINDS,
  type MomentOptions,
  nextMoments,
  type TwoMoments,
  zeroMoments,
} from "./moments.ts";
import {
  biasCorrection,
  configOf,
  makeOptimizer,
  type Optimizer,
  type UpdateArguments,
  type Updated,
  withDecay,
} from "./optimizer.ts";

/**
 * Options of adam(). By default learningRate is 0.001, beta1 0.9, beta2 0.999, epsilon 1e-8,
 * weightDecay 0 (Kingma & Ba 2015).
 */
export interface AdamOptions extends MomentOptions {}

/** Options of adamW(): those of adam(), with weightDecay 0.01 by default. */
export interface AdamWOptions extends Omit<MomentOptions, "weightDecay"> {
  /** Parameters shrink by rate * weightDecay. */
  readonly weightDecay?: number;
  /** Which parameters decay; "all" by default, as in PyTorch. */
  readonly decayOn?: Decayed;
}

export const ADAM_DEFAULTS: typeof MOMENT_DEFAULTS = MOMENT_DEFAULTS;

export const ADAMW_DEFAULTS: Required<MomentOptions> & { readonly decayOn: "all" } = {
  ...MOMENT_DEFAULTS,
  weightDecay: 0.01,
  decayOn: "all",
};

const ADAMW: Kinds<AdamWOptions> = { ...MOMENT_KINDS, ...DECAY_KINDS };

/**
 * m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, then p -= rate (m / (1 - beta1^t)) / (sqrt(v /
 * (1 - beta2^t)) + epsilon) at step t (Kingma and Ba 2015, algorithm 1).
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function adam(options: AdamOptions = {}): Optimizer {
  const config = configOf("adam", MOMENT_KINDS, ADAM_DEFAULTS, options);
  return makeOptimizer("adam", config, zeroMoments, (args) => {
    const gradients = withDecay(args.gradients, args.params, config.weightDecay);
    return move({ ...args, gradients }, config);
  });
}

/**
 * Adam whose decay does not pass through the moments: p shrinks by rate * weightDecay first (Loshchilov and Hutter
 * 2019).
 * @throws ArgumentError as adam, and for a name in decayOn that no parameter has
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  const config = configOf("adamW", ADAMW, ADAMW_DEFAULTS, options);
  return makeOptimizer("adamW", config, zeroMoments, (args) =>
    move({ ...args, params: shrink("adamW", args, config) }, config),
  );
}

type Rule = Pick<Required<MomentOptions>, "beta1" | "beta2" | "epsilon">;

/**
 * p - rate (m / c1) / (sqrt(v / c2) + epsilon), where c = 1 - beta^step makes up for the zero start.
 * The divisions by c1 and c2 are done on scalars.
 */
function move(args: UpdateArguments<TwoMoments>, config: Rule): Updated<TwoMoments> {
  const { step } = args;
  const { beta1, beta2, epsilon } = config;
  const moments = nextMoments(args.slots, args.gradients, config);
  const moved = (p: Tensor, m: Tensor, v: Tensor): Tensor => {
    const rate = div(cast(args.learningRate, p.dtype), biasCorrection(beta1, step, p.dtype));
    const scale = div(1, sqrt(biasCorrection(beta2, step, p.dtype)));
    return sub(p, mul(rate, div(m, add(mul(sqrt(v), scale), epsilon))));
  };
  return { params: mapTree(moved, args.params, moments.mean, moments.square), slots: moments };
}
