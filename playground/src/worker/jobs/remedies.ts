// The job `remedies`: what is wrong with the run as it stands, and what of its settings would help.

import { applyRemedy, firstFaultOf, healthOf } from "neurite/inspect";
import { metricsOf } from "../run/judgement.ts";
import { epochOf } from "../run/live-run.ts";
import { needRun } from "../run/need-run.ts";
import type { Job } from "./job.ts";

export const remedies: Job<"remedies"> = async (_, live) => {
  const run = needRun(live);
  const { timeline, data } = run;
  const spec = run.settings.run;
  const fault = timeline.badStep === null ? null : await firstFaultOf(timeline);
  const { trainLoss } = await metricsOf(run);
  const learningRate = timeline.model.training.learningRate.item();
  const epochs = [{ epoch: Math.ceil(epochOf(run)), loss: trainLoss, seconds: 0, learningRate }];
  const { model } = timeline;
  const { findings } = await healthOf({ spec, model, data: data.fitted, epochs, fault });
  return {
    findings: findings.map((finding) => ({
      id: finding.id,
      layers: finding.where.map(({ layer }) => layer),
      remedies: finding.remedies.flatMap(({ id }) => {
        const changed = applyRemedy(spec, finding, id);
        return changed ? [{ id, run: changed }] : [];
      }),
    })),
  };
};
