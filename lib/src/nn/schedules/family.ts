// Schedules by name are families that differ by options; each can begin with a warmup.

import type { Config } from "../spec.ts";
import type { Schedule } from "./schedule.ts";
import { warmup } from "./warmup.ts";

/** Schedules that differ by options alone. */
export interface ScheduleFamily {
  readonly defaults: Config;
  readonly make: (config: Config) => Schedule;
}

export function scheduleFamily(
  defaults: object,
  schedule: (config: Config) => Schedule,
): ScheduleFamily {
  return {
    defaults: { ...defaults, warmupSteps: 0 },
    make: ({ warmupSteps, ...options }) => warmup(warmupSteps as number, schedule(options)),
  };
}
