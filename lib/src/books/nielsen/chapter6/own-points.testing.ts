// Other points for the experiments of chapter 6 beyond network3.

import type { OwnPoint } from "../../shared/own-point.testing.ts";

export const CHAPTER6_POINTS: Readonly<Record<string, OwnPoint>> = {
  "best-net": "not here",
};
