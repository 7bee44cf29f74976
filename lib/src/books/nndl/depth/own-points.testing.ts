// Other points for the experiments on depth.

import type { OwnPoint } from "../../shared/own-point.testing.ts";

export const DEPTH_POINTS: Readonly<Record<string, OwnPoint>> = {
  degradation: [
    { widths: [2], shallow: 1, deep: 4, units: 2, epochs: 1 },
    { widths: [3, 4], shallow: 2, deep: 5, units: 3, epochs: 2, rate: 0.1, seed: 2 },
  ],
  "batch-norm": [
    { depth: 2, units: 2, epochs: 1 },
    { depth: 3, units: 3, epochs: 2, rate: 0.1, seed: 2 },
  ],
  "exp-cost": "not here", // every run of a clock gives another number
};
