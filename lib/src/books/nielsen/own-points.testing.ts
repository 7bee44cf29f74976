// Other points for Nielsen's experiments, one entry for each that needs no digits.

import type { OwnPoint } from "../shared/own-point.testing.ts";

export const NIELSEN_POINTS: Readonly<Record<string, OwnPoint>> = {
  gates: [{ reach: 2 }, { reach: 1 }],
  "bp-equations": [{}, { sizes: [3, 2], examples: 4, seed: 5, eta: 1e-3, rate: 0.1, lambda: 0.3 }],
  saturation: [{ epochs: 5 }, { near: [1, 1], far: [3, 3], rate: 1, slowRate: 0.1, epochs: 6 }],
  softmax: [{}, { picture: [1, 2, 3], widget: [0, 1, 0, 0] }],
  bumps: [{ pieces: 3 }, { pieces: 4, steepness: 100 }],
};
