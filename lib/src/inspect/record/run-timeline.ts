// The timeline of a run: what its specification trains, step by step.

import { ArgumentError } from "../../checks/errors.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { ScheduleSpec } from "../../nn/schedules/index.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { Model } from "../../train/model/model.ts";
import { loadModelOf } from "../../train/run/load-model.ts";
import { modelOf } from "../../train/run/run.ts";
import { Timeline, type TimelineOptions } from "./timeline.ts";

type Data = Pick<Dataset, "train">;
type Options = Pick<TimelineOptions, "snapshots">;

/**
 * A timeline at the beginning of a run, with a model of its own: its steps are those of `trainRun()`.
 * Early stopping does not end it.
 * @throws ArgumentError for a specification that means nothing, or one that halves its rate by what
 * validation gives, which steps alone cannot repeat
 */
export function timelineOfRun(input: RunSpec, data: Data, options: Options = {}): Timeline {
  const spec = expectSteady("timelineOfRun", input);
  return timelineOf(spec, modelOf(spec), data, options);
}

/** The same as `timelineOfRun`; a page fetches only the kinds of layers that the specification names. */
export async function loadTimeline(
  input: RunSpec,
  data: Data,
  options: Options = {},
): Promise<Timeline> {
  const spec = expectSteady("loadTimeline", input);
  return timelineOf(spec, await loadModelOf(spec), data, options);
}

function expectSteady(where: string, input: RunSpec): RunSpec {
  const spec = parseRunSpec(input);
  if (!spec.halving) return spec;
  throw new ArgumentError(
    `${where}: expected a run whose rate follows from the step, received one with halving`,
  );
}

function timelineOf(spec: RunSpec, model: Model, data: Data, options: Options): Timeline {
  const { batchSize, accumulate, shuffle, validationSplit } = spec.training;
  return new Timeline(model, data.train.x, data.train.y, {
    ...options,
    batchSize,
    ...(accumulate !== undefined && { accumulate }),
    ...(shuffle !== undefined && { shuffle }),
    ...(validationSplit !== undefined && { validationSplit }),
    ...(spec.schedule && { schedule: spec.schedule as ScheduleSpec }),
  });
}
