// Small steps first.

import { ArgumentError } from "../../ir/errors.ts";
import type { Schedule } from "./schedule.ts";

/** Rises in a line over the first `steps` updates to what `then` says, and follows it from there. */
export function warmup(steps: number, then: Schedule): Schedule {
  if (!(Number.isInteger(steps) && steps >= 0)) {
    throw new ArgumentError(`warmup: expected a whole number of steps, received ${steps}`);
  }
  return {
    at: (epoch, step) => then.at(epoch, step) * (step < steps ? (step + 1) / steps : 1),
  };
}
