// Every combination of the values of a grid; of a large grid as many as there are trials, spread by the seed.

import { Rng } from "../../../data/random.ts";
import { gridValues } from "../space.ts";
import type { SearchPlan, Strategy } from "../strategy.ts";

/** How many points a grid has. */
export function gridSize({ dimensions }: Pick<SearchPlan, "dimensions">): number {
  return dimensions.reduce((size, dimension) => size * gridValues(dimension).length, 1);
}

export const gridSearch: Strategy = (plan, trials) => {
  const size = gridSize(plan);
  const most = Math.min(size, plan.search.trials ?? size);
  const id = trials.length;
  if (id >= most) return null;
  let place = most === size ? id : spreadPlace(plan.search.seed, id, size);
  const values: Record<string, unknown> = {};
  // The last dimension varies fastest.
  for (const dimension of plan.dimensions.toReversed()) {
    const all = gridValues(dimension);
    values[dimension.path] = all[place % all.length];
    place = Math.floor(place / all.length);
  }
  const ordered = Object.fromEntries(plan.dimensions.map(({ path }) => [path, values[path]]));
  return { id, values: ordered, epochs: plan.epochs };
};

/**
 * Place number `id` of a mixed order of all places, without the list of them: a walk in steps that have no
 * common factor with the size.
 */
function spreadPlace(seed: number, id: number, size: number): number {
  const rng = new Rng(seed);
  const start = Math.floor(rng.uniform() * size);
  let step = 1 + Math.floor(rng.uniform() * (size - 1));
  while (commonFactor(step, size) !== 1) step = (step % size) + 1;
  return (start + ((id * step) % size)) % size;
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}
