// What every model can be told when it is made.

import type { Engine } from "../engines/engine.ts";
import { having, type Kinds, oneOf, within } from "../ir/arguments.ts";
import type { FloatDType } from "../nn/layers/layer.ts";

/** fit() mixes the seed and the number of the step into one number, which must stay exact. */
export const LAST_SEED: number = 2 ** 32 - 1;

export interface ModelOptions {
  /** Initial weights, dropout and shuffling follow from it; 0 by default. */
  readonly seed?: number;
  readonly dtype?: FloatDType;
  /** What computes; by default the current engine. */
  readonly engine?: Engine;
}

export const MODEL_OPTIONS: Kinds<ModelOptions> = {
  seed: within(0, LAST_SEED),
  dtype: oneOf("float32", "float64"),
  engine: having('an engine, as engineNamed("wasm") gives', "compile", "slot", "supports"),
};
