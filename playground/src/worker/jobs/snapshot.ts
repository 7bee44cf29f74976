// The job `snapshot`: the run as it is now, to be kept.

import { judgementOf } from "../run/judgement.ts";
import { epochOf } from "../run/live-run.ts";
import { needRun } from "../run/need-run.ts";
import { computeView } from "../views/index.ts";
import type { Job } from "./job.ts";

export const snapshot: Job<"snapshot"> = async ({ cells }, run) => {
  const live = needRun(run);
  const { variables } = live.timeline.model.instance.params;
  const weights = [...variables].map(
    ([name, { storage }]) => [name, Float32Array.from(storage.read() as Float32Array)] as const,
  );
  const hasPlane = live.data.names.length === 2;
  const request = { view: "plane", layer: "output", cells } as const;
  const view = hasPlane
    ? await computeView(live, request, { inside: null, judgement: () => judgementOf(live) })
    : null;
  return {
    step: live.base + live.timeline.step,
    epoch: epochOf(live),
    weights: Object.fromEntries(weights),
    map: view?.view === "plane" ? (view.layers["output"] ?? null) : null,
  };
};
