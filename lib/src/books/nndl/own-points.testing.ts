// Other points for Qiu's experiments: an entry for each.

import type { OwnPoint } from "../shared/own-point.testing.ts";
import { DEPTH_POINTS } from "./depth/own-points.testing.ts";

export const NNDL_POINTS: Readonly<Record<string, OwnPoint>> = {
  xor: [{ steps: 20 }, { hidden: [4], seed: 2, rate: 0.5, steps: 10 }],
  "xor-minima": [{ starts: 1 }, { lambda: 1e-3, starts: 2, seed: 1 }],
  graph48: [{}, { x: 2, w: 1, b: -1 }],
  surface49: [{}, { range: [-3, 4], point: [1, -1] }],
  algorithm41: [
    { epochs: 5 },
    { hidden: 3, rate: 1, lambda: 0.01, patience: 3, epochs: 9, noise: 0.1, seed: 2 },
  ],
  "linear-collapse": [{ steps: 20 }, { hidden: [4], rate: 1, steps: 40 }],
  iris: [
    { epochs: 40, rate: 1 },
    { hidden: 1, rate: 0.01, batchSize: 120, epochs: 1, seed: 2 },
  ],
  "bias-shift": [{}, { shift: 0.2, goal: 0.5, rate: 1 }],
  "mean-shift": [
    { width: 20, examples: 20 },
    { width: 30, depth: 3, examples: 30, shift: 2, rate: 1, seed: 2 },
  ],
  "dead-relu": [
    { steps: 100 },
    { w: 2, b: 1, outlier: 10, target: 1, rate: 0.2, slope: 0.1, laterRate: 0.5, steps: 50 },
  ],
  "activation-slopes": [
    { width: 10, depth: 3 },
    { at: 2, layers: 3, width: 11, depth: 4, steepness: 2, seed: 2 },
  ],
  "activation-rules": [
    { steps: 5, hidden: [2] },
    { hidden: [3], rate: 2, steps: 9, seed: 3 },
  ],
  "activation-race": [
    { hidden: [3], steps: 100, seeds: 1, goal: 0.6 },
    { hidden: [4], rate: 0.5, steps: 3, seeds: 3, goal: 0.7 },
  ],
  "three-partials": [{}, { z: [1, 2], weights: [1, 2, 3, 4], biases: [1, 1], target: 0 }],
  "forward-reverse": [{}, { x: 2, w: 1, b: 1, meeting: 4, sizes: [10, 3], small: [2, 1], seed: 2 }],
  "three-ways": [{}, { factors: 5, at: 2 }],
  "static-dynamic": [
    { leaves: 2, lengths: 2 },
    { leaves: 3, lengths: 3 },
  ],
  "relu-sparsity": "not here",
  "distributed-memory": "not here",
  "equal-twins": [{ epochs: 1 }, { hidden: 2, epochs: 2, seed: 2 }],
  posterior: [
    { samples: 50, steps: 5 },
    { noise: 0.1, samples: 60, hidden: 2, rate: 1, steps: 9, seed: 2 },
  ],
  "feature-space": [{ steps: 500 }, { rate: 2, steps: 5, seed: 2 }],
  "xor-starts": [
    { steps: 300, starts: 12 },
    { starts: 4, rate: 3, steps: 1000 },
  ],
  capacity: [
    { hidden: 3, steps: 20, many: 40 },
    { hidden: 4, few: 10, many: 60, noise: 0.1, rate: 1, steps: 90, seed: 2 },
  ],
  moons: [{ epochs: 25 }, { noise: 0.3, hidden: 3, rate: 0.5, epochs: 40, seed: 2 }],
  "hopfield-recall": [{ units: 40 }, { units: 50, turned: 0.3, seed: 3 }],
  "lstm-memory": [
    { gap: 2, units: 2, epochs: 1 },
    { gap: 3, units: 3, epochs: 2, rate: 0.1, seed: 2 },
  ],
  "karate-club": [{ epochs: 3 }, { hidden: 2, epochs: 50, rate: 0.2, seed: 3 }],
  "sequence-reversal": [
    { steps: 2, width: 4, sequences: 50, epochs: 1 },
    { letters: 3, steps: 3, width: 2, sequences: 100, epochs: 2, rate: 0.05, seed: 2 },
  ],
  "frozen-features": "not here",
  digits: "not here",
  ...DEPTH_POINTS,
};
