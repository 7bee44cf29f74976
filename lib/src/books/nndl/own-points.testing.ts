// Other points for Qiu's experiments, one entry for each that needs no digits.

import type { OwnPoint } from "../shared/own-point.testing.ts";

export const NNDL_POINTS: Readonly<Record<string, OwnPoint>> = {
  xor: [{ steps: 20 }, { hidden: [4], seed: 2, rate: 0.5, steps: 10 }],
  "xor-minima": [{ starts: 3 }, { lambda: 1e-3, starts: 6, seed: 1 }],
  graph48: [{}, { x: 2, w: 1, b: -1 }],
  surface49: [{}, { range: [-3, 4], point: [1, -1] }],
  algorithm41: [
    { epochs: 5 },
    { hidden: 3, rate: 1, lambda: 0.01, patience: 3, epochs: 100, noise: 0.1, seed: 2 },
  ],
  "linear-collapse": [{ steps: 20 }, { hidden: [4], rate: 1, steps: 40 }],
  iris: [
    { epochs: 40, rate: 1 },
    { hidden: 1, rate: 0.01, batchSize: 120, epochs: 1, seed: 2 },
  ],
  "bias-shift": [{}, { shift: 0.2, goal: 0.5, rate: 1 }],
};
