// What every model can be told when it is made.

import { having, type Kinds, oneOf, within } from "../checks/arguments.ts";
import type { Engine } from "../engines/engine.ts";
import type { FloatDType } from "../nn/layers/layer.ts";
import { LAST_SEED } from "../spec/runspec.ts";

/** Options of a model. */
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
  engine: having('an engine, as engineNamed("wasm") gives', "compile", "storage", "supports"),
};
