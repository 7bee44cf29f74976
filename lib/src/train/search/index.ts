// Searches for hyper-parameters: a space, strategies that say the next trial, and which one is best.

import "../../nn/whole.ts";

export { defaultSpace } from "./default-space.ts";
export { nextTrial } from "./next-trial.ts";
export { bestSpec, planSearch, type ReadySearch, trialSpec } from "./plan.ts";
export {
  parseSearch,
  type SearchSpec,
  type SearchSpecInput,
  STRATEGY_NAMES,
  type StrategyName,
} from "./search-spec.ts";
export {
  type Dimension,
  type DimensionSpec,
  dimensionPlace,
  type ListDimension,
  type RangeDimension,
  type RangeSpec,
  type Values,
} from "./space.ts";
export { gridSize } from "./strategies/grid.ts";
export {
  bestTrial,
  compareResults,
  lastResult,
  type Proposal,
  type SearchPlan,
  type SearchTrial,
  type TrialResult,
} from "./strategy.ts";
