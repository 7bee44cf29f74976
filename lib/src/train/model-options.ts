// What every model can be told when it is made.

import type { FloatDType } from "../nn/layers/layer.ts";

export interface ModelOptions {
  /** Initial weights, dropout and shuffling follow from it; 0 by default. */
  readonly seed?: number;
  readonly dtype?: FloatDType;
}
