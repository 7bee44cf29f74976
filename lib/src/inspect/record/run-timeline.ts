// The timeline of a run: what its specification trains, step by step.

import type { RunSpec } from "../../spec/runspec.ts";
import { classWeightOf } from "../../train/run/class-weight.ts";
import { modelOf } from "../../train/run/run.ts";
import {
  expectSteady,
  type RunTimelineOptions,
  type TimelineData,
  timelineOf,
} from "./load-timeline.ts";
import type { Timeline } from "./timeline.ts";

/**
 * A timeline at the beginning of a run, with a model of its own: its steps are those of `trainRun()`.
 * Early stopping does not end it.
 * @throws ArgumentError for a specification that means nothing, one that weighs classes that the data do not
 * have, or one that halves its rate by what validation gives, which steps alone cannot repeat
 */
export function timelineOfRun(
  input: RunSpec,
  data: TimelineData,
  options: RunTimelineOptions = {},
): Timeline {
  const spec = expectSteady("timelineOfRun", input);
  const { classWeights } = spec.training;
  const weight = classWeights === undefined ? undefined : classWeightOf(classWeights, data);
  return timelineOf(spec, modelOf(spec), data, options, weight);
}
