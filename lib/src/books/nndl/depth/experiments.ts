// What depth, width and a layer's activation cost and gain, in the table of experiments.

import type { ExperimentEntry } from "../../shared/experiment.ts";

export type DepthName = "degradation" | "batch-norm" | "exp-cost";

export const DEPTH: Readonly<Record<DepthName, ExperimentEntry>> = {
  degradation: {
    title: "Width, depth, degradation and its cure",
    source: "NNDL notes; He et al. (2016)",
    seconds: 4,
    load: () => import("./degradation.ts"),
  },
  "batch-norm": {
    title: "Batch normalisation against the shift",
    source: "NNDL, chapter 4; Ioffe and Szegedy (2015)",
    seconds: 1,
    load: () => import("./batch-norm.ts"),
  },
  "exp-cost": {
    title: "What exp costs",
    source: "NNDL notes",
    seconds: 0.2,
    load: () => import("./exp-cost.ts"),
  },
};
