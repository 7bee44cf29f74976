// Small steps first.

import { expectArgument, index } from "../../checks/arguments.ts";
import { isSchedule, type Schedule } from "./schedule.ts";

/** Rises in a line over the first `steps` updates to what `then` says, and follows it from there (Goyal et al. 2017). */
export function warmup(steps: number, then: Schedule): Schedule {
  expectArgument("warmup", "steps", steps, index);
  expectArgument("warmup", "then", then, isSchedule);
  return {
    at: (epoch, step, stepsPerEpoch) =>
      then.at(epoch, step, stepsPerEpoch) * (step < steps ? (step + 1) / steps : 1),
  };
}
