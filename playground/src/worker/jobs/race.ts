// The job `race`: one runner of a race, from new weights to the end.

import type { Jobs } from "../../protocol/index.ts";
import { metricsOf, startRun } from "../run/live-run.ts";
import type { Job } from "./job.ts";

type Row = Jobs["race"]["gives"]["rows"][number];

export const race: Job<"race"> = async ({ settings, epochs }) => {
  const live = await startRun(settings);
  const { timeline } = live;
  const { variables } = timeline.model.instance.params;
  const parameters = [...variables.values()].reduce((sum, { size }) => sum + size, 0);
  const rows: Row[] = [];
  for (const epoch of epochs) {
    await timeline.advance(epoch * timeline.stepsPerEpoch - timeline.step);
    if (timeline.badStep !== null) break;
    rows.push({ epoch, ...(await metricsOf(live)) });
  }
  return { rows, badStep: timeline.badStep, parameters };
};
