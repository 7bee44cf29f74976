// Other points for the experiments of chapter 5.

import type { OwnPoint } from "../../shared/own-point.testing.ts";

export const CHAPTER5_POINTS: Readonly<Record<string, OwnPoint>> = {
  chain: [{}, { neurons: 3, z: 0.5, weight: 2, large: 50 }],
  "learning-speeds": "not here",
  "depth-accuracies": "not here",
};
