// Learning-rate schedules by name.

import { expectArgument } from "../../checks/arguments.ts";
import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import { CONSTANT_DEFAULTS, type ConstantOptions, constantRate } from "./constant.ts";
import type { CosineRestartsOptions, OneCycleOptions } from "./cycles.ts";
import type { CosineDecayOptions, DecayOptions, StepDecayOptions } from "./decay.ts";
import { type ScheduleFamily, scheduleFamily } from "./family.ts";
import type { PiecewiseOptions, PolynomialDecayOptions } from "./pieces.ts";
import { isSchedule, type Schedule, scheduleSpec } from "./schedule.ts";

export { type ConstantOptions, constantRate } from "./constant.ts";

export {
  type CosineRestartsOptions,
  cosineRestarts,
  type OneCycleOptions,
  oneCycle,
} from "./cycles.ts";
export {
  type CosineDecayOptions,
  cosineDecay,
  type DecayOptions,
  exponentialDecay,
  inverseTimeDecay,
  type StepDecayOptions,
  stepDecay,
} from "./decay.ts";
export {
  type PiecewiseOptions,
  type PolynomialDecayOptions,
  piecewiseRate,
  polynomialDecay,
} from "./pieces.ts";
export type { Schedule } from "./schedule.ts";
export { warmup } from "./warmup.ts";

interface ScheduleOptions {
  readonly constant: ConstantOptions & WithWarmup;
  readonly stepDecay: StepDecayOptions & WithWarmup;
  readonly exponential: DecayOptions & WithWarmup;
  readonly inverseTime: DecayOptions & WithWarmup;
  readonly cosine: CosineDecayOptions & WithWarmup;
  readonly cosineRestarts: CosineRestartsOptions & WithWarmup;
  readonly oneCycle: OneCycleOptions & WithWarmup;
  readonly polynomial: PolynomialDecayOptions & WithWarmup;
  readonly piecewise: PiecewiseOptions & WithWarmup;
}

interface WithWarmup {
  /** Updates in which the rate rises from nothing. */
  readonly warmupSteps?: number;
}

/** The schedules that a name can say. */
export type ScheduleName = keyof ScheduleOptions;

/**
 * A rate; a name with options as in { name: "cosine", rate: 0.1, epochs: 30 }, where every schedule
 * also takes warmupSteps; a schedule of your own, or its function alone: (epoch, step) => rate.
 */
export type ScheduleSpec =
  | number
  | ScheduleName
  | NamedOptions<ScheduleOptions>
  | Schedule
  | Schedule["at"];

/** Those without a row are in `late.ts`. */
const FAMILIES: Readonly<Record<ScheduleName, ScheduleFamily | null>> = {
  constant: scheduleFamily(CONSTANT_DEFAULTS, constantRate),
  stepDecay: null,
  exponential: null,
  inverseTime: null,
  cosine: null,
  cosineRestarts: null,
  oneCycle: null,
  polynomial: null,
  piecewise: null,
};

const SCHEDULES = makeRegistry<Schedule>("schedule", "at", async () => {
  return (await import("./late.ts")).LATE_SCHEDULES;
})(FAMILIES);

/**
 * The schedule that a specification names; a number is a constant rate.
 * @param rate where a name that says no rate begins; 0.01 by default
 * @throws ArgumentError for an unknown name or option
 */
export function scheduleOf(spec: ScheduleSpec | Written, rate?: number): Schedule {
  expectArgument("scheduleOf", "the schedule", spec, scheduleSpec);
  if (typeof spec === "number") return constantRate({ rate: spec });
  if (typeof spec === "function") return { at: spec };
  if (isSchedule.fits(spec)) return spec as Schedule;
  const named = spec as Written;
  const { entry, config } = SCHEDULES.read(named);
  const saysRate = typeof named === "object" && named["rate"] !== undefined;
  return entry.make(saysRate || rate === undefined ? config : { ...config, rate });
}
