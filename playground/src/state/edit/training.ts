// How a run is trained, changed as the controls change it: optimizer, rate, schedule, penalty.

import type { NamedSpec, RegularizerSpec, RunSpec } from "neurite/spec";
import { nameOf } from "./layers.ts";

type Numbers = Readonly<Record<string, number>>;

/** Optimizers that can be chosen, with the options that have controls and their defaults in the library. */
export const OPTIMIZERS: Readonly<Record<string, Numbers>> = {
  sgd: { learningRate: 0.1, momentum: 0 },
  adam: { learningRate: 0.01, beta1: 0.9, beta2: 0.999 },
  adamW: { learningRate: 0.01, beta1: 0.9, beta2: 0.999, weightDecay: 0.01 },
  nadam: { learningRate: 0.01, beta1: 0.9, beta2: 0.999 },
  radam: { learningRate: 0.01, beta1: 0.9, beta2: 0.999 },
  lion: { learningRate: 0.001, beta1: 0.9, beta2: 0.99 },
  rmsProp: { learningRate: 0.01, rho: 0.99, momentum: 0 },
  adagrad: { learningRate: 0.1 },
  adadelta: { learningRate: 1, rho: 0.9 },
};

/** Schedules that can be chosen, with the options that have controls; "constant" is none. */
export const SCHEDULES: Readonly<Record<string, Numbers>> = {
  constant: {},
  stepDecay: { factor: 0.5, every: 50 },
  exponential: { decay: 0.99 },
  inverseTime: { decay: 0.01 },
  cosine: { final: 0, epochs: 200 },
  cosineRestarts: { final: 0, epochs: 50 },
  polynomial: { final: 0, epochs: 200, power: 1 },
  oneCycle: { epochs: 200, rise: 0.3 },
};

export const CONVENTIONS = ["nndl", "network2", "network3", "playground", "keras"] as const;

/** The options of something named, those of the table where it says none. */
export function optionsOf(named: NamedSpec | undefined, defaults: Numbers): Numbers {
  const given: Readonly<Record<string, unknown>> = typeof named === "object" ? named : {};
  return Object.fromEntries(
    Object.entries(defaults).map(([option, value]) => {
      const own = given[option];
      return [option, typeof own === "number" ? own : value];
    }),
  );
}

/** The rate that training begins with. */
export function rateOf({ optimizer }: RunSpec): number {
  const name = nameOf(optimizer, "sgd");
  const given = typeof optimizer === "object" ? optimizer["learningRate"] : undefined;
  return typeof given === "number" ? given : (OPTIMIZERS[name]?.["learningRate"] ?? 0.01);
}

/** Another optimizer with a rate that suits it, or another option of the same one. */
export function withOptimizer(run: RunSpec, name: string, options: Numbers = {}): RunSpec {
  const isSame = name === nameOf(run.optimizer, "");
  const before = isSame && typeof run.optimizer === "object" ? run.optimizer : {};
  const base = isSame ? {} : (OPTIMIZERS[name] ?? {});
  const optimizer = { ...base, ...before, ...options, name };
  return { ...run, optimizer: withoutZeroMomentum(optimizer) };
}

/** Nesterov looks ahead along a momentum: without one there is nothing to look along. */
function withoutZeroMomentum(optimizer: NamedSpec & object): NamedSpec {
  const { nesterov, ...rest } = optimizer;
  const hasMomentum = typeof rest["momentum"] === "number" && rest["momentum"] > 0;
  return (nesterov === true && hasMomentum ? { ...rest, nesterov } : rest) as NamedSpec;
}

/** A schedule begins at the rate of the optimizer unless it names one: it names none here. */
export function withRate(run: RunSpec, learningRate: number): RunSpec {
  return withOptimizer(run, nameOf(run.optimizer, "sgd"), { learningRate });
}

export function withSchedule(run: RunSpec, name: string, options: Numbers = {}): RunSpec {
  const { schedule: before, ...rest } = run;
  if (name === "constant") return rest;
  const isSame = name === nameOf(before, "");
  const base = isSame && typeof before === "object" ? before : SCHEDULES[name];
  return { ...rest, schedule: { ...base, ...options, name } };
}

/** Null for no penalty. */
export function withRegularizer(
  run: RunSpec,
  change: (Partial<RegularizerSpec> & { readonly kind?: "l1" | "l2" }) | null,
): RunSpec {
  const { regularizer, ...rest } = run;
  if (change === null) return rest;
  const base = regularizer ?? { kind: "l2", lambda: 0.001, convention: "nndl" };
  return { ...rest, regularizer: { ...base, ...change } };
}
