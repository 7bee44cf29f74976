// Values drawn at random, none twice; the same seed and number give the same ones.

import { Rng } from "../../../data/random.ts";
import { dimensionValue, type Values } from "../space.ts";
import type { SearchPlan, SearchTrial } from "../strategy.ts";

/** Draws before a space counts as used up. */
const DRAWS = 1000;

/** Values for a new trial that no trial has had; null where hardly any are left. */
export function drawValues(
  { dimensions, search }: SearchPlan,
  trials: readonly SearchTrial[],
): Values | null {
  const rng = new Rng(search.seed, trials.length);
  const taken = new Set(trials.map(({ values }) => JSON.stringify(values)));
  for (let i = 0; i < DRAWS; i++) {
    const values = Object.fromEntries(
      dimensions.map((dimension) => [dimension.path, dimensionValue(dimension, rng.uniform())]),
    );
    if (!taken.has(JSON.stringify(values))) return values;
  }
  return null;
}
