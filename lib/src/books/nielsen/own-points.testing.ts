// Other points for Nielsen's experiments: an entry for each.

import type { OwnPoint } from "../shared/own-point.testing.ts";
import { CHAPTER5_POINTS } from "./chapter5/own-points.testing.ts";
import { CHAPTER6_POINTS } from "./chapter6/own-points.testing.ts";
import { NETWORK3_POINTS } from "./network3/own-points.testing.ts";

export const NIELSEN_POINTS: Readonly<Record<string, OwnPoint>> = {
  "batch-sizes": "not here",
  gates: [{ reach: 2 }, { reach: 1 }],
  "half-adder": [
    { outputs: [4] },
    { inputs: 3, wires: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], outputs: [5] },
  ],
  "sharp-sigmoid": [{}, { z: 0.2, close: 0.1, factor: 10 }],
  "quadratic-cost": [{}, { y: 0, a: 0.25, outputs: 4 }],
  "gradient-descent": [{}, { start: [2, 1], eta: 0.1, large: 2, steps: 3 }],
  "sum-and-mean": [
    { epochs: 1, batch: 50, uneven: 70 },
    { eta: 0.1, batch: 100, uneven: 120, epochs: 2, seed: 2 },
  ],
  "cost-assumptions": [{}, { examples: 10, lambda: 0.2, seed: 2 }],
  "slow-learning": [{}, { inputs: [2, 1, 0], weights: [3, 1], target: 0.1 }],
  "bp-equations": [{}, { sizes: [3, 2], examples: 4, seed: 5, eta: 1e-3, rate: 0.1, lambda: 0.3 }],
  saturation: [{ epochs: 5 }, { near: [1, 1], far: [3, 3], rate: 1, slowRate: 0.1, epochs: 6 }],
  softmax: [{}, { picture: [1, 2, 3], widget: [0, 1, 0, 0] }],
  "structural-risk": [{ steps: 10 }, { lambda: 1, eta: 0.1, risk: 0.1, steps: 5, seed: 2 }],
  "dropout-masks": [{}, { p: 0.3, units: 6, seed: 2 }],
  "steps-and-towers": [{ steps: 1 }, { w: 500, b: -100, steps: 2, seed: 2 }],
  bumps: [{ pieces: 3 }, { pieces: 4, steepness: 100 }],
  "four-outputs": "not here",
  "network2-runs": "not here",
  vanishing: "not here",
  baselines: "not here",
  ...CHAPTER5_POINTS,
  ...CHAPTER6_POINTS,
  ...NETWORK3_POINTS,
  "weight-decay": "not here",
  "l1-or-l2": "not here",
  "early-stopping": "not here",
  "training-size": "not here",
  initialisation: "not here",
  "hyper-parameters": "not here",
  "unseeded-runs": "not here",
};
