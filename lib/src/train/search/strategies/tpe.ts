// The tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for hyper-parameter optimization",
// section 4): where good trials are dense and others are not, the next one is looked for.

import { Rng } from "../../../data/random.ts";
import { type Dimension, dimensionPlace, dimensionValue } from "../space.ts";
import {
  compareResults,
  DEFAULT_TRIALS,
  lastResult,
  type SearchPlan,
  type SearchTrial,
  type Strategy,
} from "../strategy.ts";
import { drawValues } from "./drawn.ts";

/** Trials that are drawn at random before anything is estimated. */
const STARTUP = 10;
/** The share of trials that counts as good, and the most of them. */
const GOOD = 0.25;
const MOST_GOOD = 25;
const CANDIDATES = 24;
/** Sets these draws apart from those of drawn values. */
const STREAM = 0x747065;

export const parzenSearch: Strategy = (plan, trials) => {
  const id = trials.length;
  if (id >= (plan.search.trials ?? DEFAULT_TRIALS)) return null;
  const { epochs } = plan;
  const finished = trials.filter(({ state }) => state !== "asked");
  const isEarly = finished.length < STARTUP;
  const values = (isEarly ? null : estimated(plan, trials)) ?? drawValues(plan, trials);
  return values && { id, values, epochs };
};

/** Null where a trial had these values already. */
function estimated(
  { dimensions, mode, search }: SearchPlan,
  trials: readonly SearchTrial[],
): Record<string, unknown> | null {
  const compare = compareResults(mode);
  const ranked = trials
    .filter((trial) => trial.state === "done" && lastResult(trial) !== null)
    .sort((a, b) => compare(lastResult(a)!, lastResult(b)!) || a.id - b.id);
  const good = ranked.slice(0, Math.min(MOST_GOOD, Math.ceil(GOOD * ranked.length)));
  // Those that failed, and those still running: not there again.
  const others = trials.filter((trial) => !good.includes(trial));
  const rng = new Rng(search.seed + trials.length, STREAM);
  const values = Object.fromEntries(
    dimensions.map((dimension) => {
      const placesIn = (group: readonly SearchTrial[]) =>
        group.map((trial) => dimensionPlace(dimension, trial.values[dimension.path]));
      return [dimension.path, likeliest(dimension, placesIn(good), placesIn(others), rng)];
    }),
  );
  const written = JSON.stringify(values);
  return trials.some((trial) => JSON.stringify(trial.values) === written) ? null : values;
}

/** Of some draws from the good density the value at which it exceeds the other one most. */
function likeliest(
  dimension: Dimension,
  good: readonly number[],
  others: readonly number[],
  rng: Rng,
): unknown {
  const [better, worse] = [densityOf(dimension, good), densityOf(dimension, others)];
  let best = better.draw(rng);
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < CANDIDATES; i++) {
    const place = better.draw(rng);
    const gain = better.at(place) / worse.at(place);
    if (gain > most) [most, best] = [gain, place];
  }
  return dimensionValue(dimension, best);
}

interface Density {
  at(place: number): number;
  draw(rng: Rng): number;
}

function densityOf(dimension: Dimension, places: readonly number[]): Density {
  if ("options" in dimension) return countsOf(dimension.options.length, places);
  return parzenOf(places);
}

/** How often each option was taken, and once more. */
function countsOf(options: number, places: readonly number[]): Density {
  const counts = new Array<number>(options).fill(1);
  for (const place of places) counts[Math.floor(place * options)]! += 1;
  const total = places.length + options;
  return {
    at: (place) => counts[Math.min(options - 1, Math.floor(place * options))]! / total,
    draw(rng) {
      let left = rng.uniform() * total;
      const at = counts.findIndex((count) => {
        left -= count;
        return left < 0;
      });
      return ((at < 0 ? options - 1 : at) + 0.5) / options;
    },
  };
}

/**
 * Normal curves about the places, as wide as the farther neighbour is away, and the even density as a prior.
 * What reaches over an end is folded back.
 */
function parzenOf(places: readonly number[]): Density {
  const sorted = [...places].sort((a, b) => a - b);
  const narrowest = 1 / Math.min(100, 1 + sorted.length);
  const widths = sorted.map((place, i) => {
    const [below, above] = [sorted[i - 1] ?? 0, sorted[i + 1] ?? 1];
    return Math.min(0.5, Math.max(narrowest, place - below, above - place));
  });
  const weight = 1 / (sorted.length + 1);
  return {
    at(place) {
      const sum = sorted.reduce((total, center, i) => {
        const images = [place, -place, 2 - place];
        return total + images.reduce((one, x) => one + normal(x - center, widths[i]!), 0);
      }, 1);
      return weight * sum;
    },
    draw(rng) {
      const i = Math.floor(rng.uniform() * (sorted.length + 1));
      if (i === sorted.length) return rng.uniform();
      const place = Math.abs(rng.normal(sorted[i]!, widths[i]!)) % 2;
      return place > 1 ? 2 - place : place;
    },
  };
}

function normal(distance: number, width: number): number {
  return Math.exp(-0.5 * (distance / width) ** 2) / (width * Math.sqrt(2 * Math.PI));
}
