// The strategies by name, and the next trial by any of them.

import type { StrategyName } from "./search-spec.ts";
import { successiveHalving } from "./strategies/asha.ts";
import { gridSearch } from "./strategies/grid.ts";
import { nielsenSearch } from "./strategies/nielsen.ts";
import { randomSearch } from "./strategies/random.ts";
import { parzenSearch } from "./strategies/tpe.ts";
import type { Proposal, SearchPlan, SearchTrial, Strategy } from "./strategy.ts";

const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = {
  grid: gridSearch,
  random: randomSearch,
  asha: successiveHalving,
  tpe: parzenSearch,
  nielsen: nielsenSearch,
};

/**
 * What to run next, by the strategy of the plan: a new trial, or one to go on with. Null where nothing can be
 * said yet; where no trial is running either, the search is over. A pure function: it may be asked again
 * after a crash.
 */
export function nextTrial(plan: SearchPlan, trials: readonly SearchTrial[]): Proposal | null {
  return STRATEGIES[plan.search.strategy](plan, trials);
}
