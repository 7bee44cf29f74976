// Learning-rate schedules by name.

import { type Config, readSpec, type Spec } from "../spec.ts";
import {
  constantRate,
  cosineDecay,
  DEFAULTS,
  exponentialDecay,
  inverseTimeDecay,
  stepDecay,
} from "./decay.ts";
import type { Schedule } from "./schedule.ts";
import { warmup } from "./warmup.ts";

export {
  type ConstantOptions,
  type CosineDecayOptions,
  constantRate,
  cosineDecay,
  type DecayOptions,
  exponentialDecay,
  inverseTimeDecay,
  type StepDecayOptions,
  stepDecay,
} from "./decay.ts";
export type { Schedule } from "./schedule.ts";
export { warmup } from "./warmup.ts";

export type ScheduleName = "constant" | "stepDecay" | "exponential" | "inverseTime" | "cosine";

/**
 * A rate; a name with options as in { name: "cosine", rate: 0.1, epochs: 30 }, where every schedule
 * also takes warmupSteps; or a schedule of your own.
 */
export type ScheduleSpec = number | ScheduleName | (string & {}) | Spec<ScheduleName> | Schedule;

interface Family {
  readonly defaults: Config;
  readonly make: (config: Config) => Schedule;
}

const FAMILIES: Readonly<Record<ScheduleName, Family>> = {
  constant: family(DEFAULTS.constant, constantRate),
  stepDecay: family(DEFAULTS.stepDecay, stepDecay),
  exponential: family(DEFAULTS.exponential, exponentialDecay),
  inverseTime: family(DEFAULTS.inverseTime, inverseTimeDecay),
  cosine: family(DEFAULTS.cosine, cosineDecay),
};

/**
 * The schedule that a specification names; a number is a constant rate.
 * @throws ArgumentError for an unknown name or option
 */
export function scheduleOf(spec: ScheduleSpec): Schedule {
  if (typeof spec === "number") return constantRate({ rate: spec });
  if (isSchedule(spec)) return spec;
  const { entry, config } = readSpec("schedule", spec, FAMILIES);
  return entry.make(config);
}

function family(defaults: Config, schedule: (config: Config) => Schedule): Family {
  return {
    defaults: { ...defaults, warmupSteps: 0 },
    make: ({ warmupSteps, ...options }) => warmup(warmupSteps as number, schedule(options)),
  };
}

function isSchedule(spec: string | Spec | Schedule): spec is Schedule {
  return typeof spec === "object" && typeof spec.at === "function";
}
