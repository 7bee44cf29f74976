// What every model can be told when it is made.

import type { Engine } from "../engines/engine.ts";
import type { FloatDType } from "../nn/layers/layer.ts";

export interface ModelOptions {
  /** Initial weights, dropout and shuffling follow from it; 0 by default. */
  readonly seed?: number;
  readonly dtype?: FloatDType;
  /** What computes; by default the current engine. */
  readonly engine?: Engine;
}
