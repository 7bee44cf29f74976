// What only makes sense once a run is loaded.

import { ProblemError } from "../problem-error.ts";
import type { LiveRun } from "./live-run.ts";

/** @throws ProblemError where no run is loaded */
export function needRun(live: LiveRun | null): LiveRun {
  if (live) return live;
  throw new ProblemError({ code: "notLoaded", data: {} });
}
