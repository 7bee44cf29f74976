// The job `point`: what every unit makes of one point of the plane.

import { fromData } from "neurite";
import { activationsOf } from "neurite/inspect";
import { needRun } from "../run/need-run.ts";
import type { Job } from "./job.ts";

export const point: Job<"point"> = ({ x }, live) => {
  const { timeline, data, settings } = needRun(live);
  const features = data.features(Float32Array.from(x));
  const { dtype } = settings.run;
  const row = dtype === "float64" ? Float64Array.from(features) : features;
  const layers = activationsOf(timeline.model, fromData(row, [1, features.length], dtype));
  return {
    layers: Object.fromEntries([...layers].map(([name, { data: a }]) => [name, Array.from(a)])),
  };
};
