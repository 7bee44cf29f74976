// The timeline of a run in a page, which fetches what its specification names, and no more.

import { ArgumentError } from "../../checks/errors.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { ScheduleSpec } from "../../nn/schedules/index.ts";
import { parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import type { Model } from "../../train/model/model.ts";
import { loadModelOf } from "../../train/run/load-model.ts";
import type { ClassWeight } from "../../train/weights/class-weights.ts";
import { Timeline, type TimelineOptions } from "./timeline.ts";

/** What a timeline asks of data. */
export type TimelineData = Pick<Dataset, "name" | "classes" | "train">;
/** What is asked beside the specification. */
export type RunTimelineOptions = Pick<TimelineOptions, "snapshots">;

/** The same as `timelineOfRun`; a page fetches only the kinds of layers that the specification names. */
export async function loadTimeline(
  input: RunSpec,
  data: TimelineData,
  options: RunTimelineOptions = {},
): Promise<Timeline> {
  const spec = expectSteady("loadTimeline", input);
  const { classWeights } = spec.training;
  const model = await loadModelOf(spec);
  if (classWeights === undefined) return timelineOf(spec, model, data, options);
  const { classWeightOf } = await import("../../train/run/class-weight.ts");
  return timelineOf(spec, model, data, options, classWeightOf(classWeights, data));
}

/** A specification whose steps alone say what a run does. */
export function expectSteady(where: string, input: RunSpec): RunSpec {
  const spec = parseRunSpec(input);
  if (!spec.halving) return spec;
  throw new ArgumentError(
    `${where}: expected a run whose rate follows from the step, received one with halving`,
  );
}

export function timelineOf(
  spec: RunSpec,
  model: Model,
  data: TimelineData,
  options: RunTimelineOptions,
  classWeight?: ClassWeight,
): Timeline {
  const { batchSize, accumulate, shuffle, validationSplit } = spec.training;
  return new Timeline(model, data.train.x, data.train.y, {
    ...options,
    batchSize,
    ...(accumulate !== undefined && { accumulate }),
    ...(shuffle !== undefined && { shuffle }),
    ...(validationSplit !== undefined && { validationSplit }),
    ...(classWeight !== undefined && { classWeight }),
    ...(spec.schedule && { schedule: spec.schedule as ScheduleSpec }),
  });
}
