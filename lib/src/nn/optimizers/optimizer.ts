// What an optimizer is, and what optimizers share. All are pure functions on trees of tensors.

import { expectOptions, type Kind, type Kinds } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { mapTree } from "../../runtime/values/tree.ts";
import { zerosLike } from "../../tensor/create.ts";
import { add, cast, expm1, mul, neg, sub } from "../../tensor/elementwise.ts";
import type { Params } from "../layers/layer.ts";
import type { Config } from "../spec.ts";

/** What an update is made of. */
export interface UpdateArguments<S extends Params = Params> {
  readonly params: Params;
  /** A tree like params. */
  readonly gradients: Params;
  /** What init() or the last update returned. */
  readonly slots: S;
  /** A float scalar. */
  readonly learningRate: Tensor;
  /** An int32 scalar: the number of this update, from 1. */
  readonly step: Tensor;
  /** Paths of the weights, as "dense1/w": what is neither bias, scale nor offset. A model says them. */
  readonly weights?: ReadonlySet<string>;
  /** A float scalar: what the gradients are of, with the penalty in it. */
  readonly loss?: Tensor;
}

/** What an update gives: new parameters, and what to remember for the next. */
export interface Updated<S extends Params = Params> {
  readonly params: Params;
  readonly slots: S;
  /** What the step reports in place of the loss that it was given. */
  readonly loss?: Tensor;
}

/** A rule that moves parameters against their gradients. */
export interface Optimizer {
  readonly name: string;
  readonly config: Config;
  /** The rate to use unless told otherwise. */
  readonly learningRate: number;
  /** What the rule remembers between updates, for parameters like these. */
  init(params: Params): Params;
  update(args: UpdateArguments): Updated;
  /**
   * Where the loss and its gradients are wanted, like the parameters; at these by default. What has this method
   * compares losses of one update with those of the next: each must be of the same examples.
   */
  probe?(params: Params, slots: Params): Params;
}

/**
 * The options of an optimizer, its defaults filled in.
 * @throws ArgumentError for unknown options, and for numbers out of their range
 */
export function configOf<O extends object, D extends Required<O>>(
  name: string,
  kinds: Kinds<O>,
  defaults: D,
  options: O,
): Required<O> {
  expectOptions(name, options, kinds);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** An optimizer of a rule whose slots have the type S. */
export function makeOptimizer<S extends Params>(
  name: string,
  config: Config & { readonly learningRate: number },
  init: (params: Params) => S,
  update: (args: UpdateArguments<S>) => Updated<S>,
): Optimizer {
  return {
    name,
    config,
    learningRate: config.learningRate,
    init,
    update: (args) => update(args as UpdateArguments<S>),
  };
}

export function zerosOf(params: Params): Params {
  return mapTree((p) => zerosLike(p), params);
}

/** g + decay p: the gradient of an L2 penalty added in. */
export function withDecay(gradients: Params, params: Params, decay: number): Params {
  if (decay === 0) return gradients;
  return mapTree((g, p) => add(g, mul(p, decay)), gradients, params);
}

/** p - rate * direction. */
export function descend(params: Params, directions: Params, rate: Tensor): Params {
  return mapTree((p, d) => sub(p, mul(d, cast(rate, p.dtype))), params, directions);
}

/** decay * old + (1 - decay) * new: a mean that forgets. */
export function runningMean(mean: Params, next: Params, decay: number): Params {
  return mapTree((m, x) => add(mul(m, decay), mul(x, 1 - decay)), mean, next);
}

/** 1 - decay^step, without the cancellation that float32 would suffer in the first steps. */
export function biasCorrection(decay: number, step: Tensor, dtype: Tensor["dtype"]): Tensor {
  return neg(expm1(mul(cast(step, dtype), Math.log(decay))));
}

/** Optimizers by name: those that differ by options alone. */
export interface OptimizerFamily {
  readonly defaults: Config;
  /** What an option must be, where its default's type does not say enough. */
  readonly kinds?: Readonly<Record<string, Kind>>;
  readonly make: (config: Config) => Optimizer;
}
