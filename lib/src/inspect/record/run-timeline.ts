// The timeline of a run: what its specification trains, step by step.

import { ArgumentError } from "../../checks/errors.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { ScheduleSpec } from "../../nn/schedules/index.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import { modelOf } from "../../train/run/run.ts";
import { Timeline, type TimelineOptions } from "./timeline.ts";

/**
 * A timeline at the beginning of a run, with a model of its own: its steps are those of `trainRun()`.
 * Early stopping does not end it.
 * @throws ArgumentError for a specification that means nothing, or one that halves its rate by what
 * validation gives, which steps alone cannot repeat
 */
export function timelineOfRun(
  input: RunSpec,
  data: Pick<Dataset, "train">,
  options: Pick<TimelineOptions, "snapshots"> = {},
): Timeline {
  const spec = parseRunSpec(input);
  if (spec.halving) {
    throw new ArgumentError(
      "timelineOfRun: expected a run whose rate follows from the step, received one with halving",
    );
  }
  const { batchSize, accumulate, shuffle, validationSplit } = spec.training;
  return new Timeline(modelOf(spec), data.train.x, data.train.y, {
    ...options,
    batchSize,
    ...(accumulate !== undefined && { accumulate }),
    ...(shuffle !== undefined && { shuffle }),
    ...(validationSplit !== undefined && { validationSplit }),
    ...(spec.schedule && { schedule: spec.schedule as ScheduleSpec }),
  });
}
