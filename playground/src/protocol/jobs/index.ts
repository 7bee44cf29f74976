// Jobs: questions with one answer, beside the training. Each has a file here and one in worker/jobs.

import type { ActivationCurveJob } from "./activation-curve.ts";
import type { LessonJob } from "./lesson.ts";
import type { PointJob } from "./point.ts";
import type { RemediesJob } from "./remedies.ts";

/** A job with what it is asked and what it gives. */
export interface Jobs {
  activationCurve: ActivationCurveJob;
  lesson: LessonJob;
  point: PointJob;
  remedies: RemediesJob;
}

export type JobName = keyof Jobs;
