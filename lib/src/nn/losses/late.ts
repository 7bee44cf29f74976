// The losses that are fetched when a specification names them.

import {
  categoricalCrossentropy,
  klDivergence,
  logLikelihood,
  sparseCategoricalCrossentropy,
} from "./categorical.ts";
import { categoricalHinge, hinge } from "./hinge.ts";
import type { LossFamily } from "./loss.ts";

export const LATE_LOSSES: Readonly<Record<string, LossFamily>> = {
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  logLikelihood,
  klDivergence,
  hinge,
  categoricalHinge,
};
