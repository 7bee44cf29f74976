// The schedules that are fetched when a specification names them.

import { CYCLE_DEFAULTS, cosineRestarts, oneCycle } from "./cycles.ts";
import { cosineDecay, DEFAULTS, exponentialDecay, inverseTimeDecay, stepDecay } from "./decay.ts";
import { type ScheduleFamily, scheduleFamily } from "./family.ts";
import { PIECE_DEFAULTS, piecewiseRate, polynomialDecay } from "./pieces.ts";

export const LATE_SCHEDULES: Readonly<Record<string, ScheduleFamily>> = {
  stepDecay: scheduleFamily(DEFAULTS.stepDecay, stepDecay),
  exponential: scheduleFamily(DEFAULTS.exponential, exponentialDecay),
  inverseTime: scheduleFamily(DEFAULTS.inverseTime, inverseTimeDecay),
  cosine: scheduleFamily(DEFAULTS.cosine, cosineDecay),
  cosineRestarts: scheduleFamily(CYCLE_DEFAULTS.cosineRestarts, cosineRestarts),
  oneCycle: scheduleFamily(CYCLE_DEFAULTS.oneCycle, oneCycle),
  polynomial: scheduleFamily(PIECE_DEFAULTS.polynomial, polynomialDecay),
  piecewise: scheduleFamily(PIECE_DEFAULTS.piecewise, piecewiseRate),
};
