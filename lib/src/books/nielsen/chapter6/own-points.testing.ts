// Other points for the experiments of chapter 6 beyond network3.

import type { OwnPoint } from "../../shared/own-point.testing.ts";

export const CHAPTER6_POINTS: Readonly<Record<string, OwnPoint>> = {
  "conv-preset": "not here",
  "best-net": "not here",
};
