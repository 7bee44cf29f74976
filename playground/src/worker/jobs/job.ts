// What a job is to the worker.

import type { JobName, Jobs, PartOf } from "../../protocol/index.ts";
import type { LiveRun } from "../run/live-run.ts";

/**
 * Answers one question. The run is null where none is loaded; a job that needs one calls `needRun`. What is there before
 * the answer is whole may be told.
 */
export type Job<K extends JobName> = (
  asks: Jobs[K]["asks"],
  live: LiveRun | null,
  tell?: (part: PartOf<K>) => void,
) => Jobs[K]["gives"] | Promise<Jobs[K]["gives"]>;
