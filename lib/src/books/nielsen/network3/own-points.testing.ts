// Other points for the experiments of chapter 6.

import type { OwnPoint } from "../../shared/own-point.testing.ts";
import { NETWORK3_RUNS } from "./runs.ts";

export const NETWORK3_POINTS: Readonly<Record<string, OwnPoint>> = {
  network3: [{}, { eta: 0.3, lambda: 1, seed: 2 }],
  ...Object.fromEntries(Object.keys(NETWORK3_RUNS).map((name) => [name, "not here"] as const)),
};
