// Jobs: questions with one answer, beside the training. Each has a file here and one in worker/jobs.

import type { PointJob } from "./point.ts";

/** A job with what it is asked and what it gives. */
export interface Jobs {
  point: PointJob;
}

export type JobName = keyof Jobs;
