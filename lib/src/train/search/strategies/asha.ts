// Successive halving without waiting, ASHA (Li et al. 2020, "A system for massively parallel hyperparameter
// tuning", algorithm 2): many trials of few epochs, of which the best part goes on to the next rung.

import {
  compareResults,
  DEFAULT_TRIALS,
  type Proposal,
  type SearchPlan,
  type SearchTrial,
  type Strategy,
} from "../strategy.ts";
import { drawValues } from "./drawn.ts";

const ETA = 3;
/** By default the lowest rung has at least this part of all epochs. */
const RUNGS = 3;

/** The epochs of each rung, in all, rising to those of a whole trial. */
export function rungsOf({ search, epochs }: Pick<SearchPlan, "search" | "epochs">): number[] {
  const { eta = ETA } = search;
  const least = Math.min(
    epochs,
    search.minEpochs ?? Math.max(1, Math.floor(epochs / eta ** RUNGS)),
  );
  const rungs: number[] = [];
  for (let rung = least; rung < epochs; rung = Math.max(rung + 1, Math.round(rung * eta))) {
    rungs.push(rung);
  }
  return [...rungs, epochs];
}

export const successiveHalving: Strategy = (plan, trials) => {
  const rungs = rungsOf(plan);
  for (let k = rungs.length - 2; k >= 0; k--) {
    const up = promotable(plan, trials, rungs, k);
    if (up) return up;
  }
  if (trials.length >= (plan.search.trials ?? DEFAULT_TRIALS)) return null;
  const values = drawValues(plan, trials);
  return values && { id: trials.length, values, epochs: rungs[0]!, why: "new" };
};

/** A trial among the best 1 / eta of rung k that has not gone on yet. */
function promotable(
  { search, mode }: SearchPlan,
  trials: readonly SearchTrial[],
  rungs: readonly number[],
  k: number,
): Proposal | null {
  const { eta = ETA } = search;
  const epochs = rungs[k]!;
  const compare = compareResults(mode);
  const arrived = trials.flatMap((trial) => {
    const result = trial.results.find((one) => one.epochs === epochs);
    return result ? [{ trial, result }] : [];
  });
  // Those that failed on the way to this rung count as its last.
  const lost = trials.filter(
    (trial) => trial.state === "failed" && trial.epochs === epochs && trial.results.length === k,
  );
  const room = Math.floor((arrived.length + lost.length) / eta);
  const best = arrived
    .sort((a, b) => compare(a.result, b.result) || a.trial.id - b.trial.id)
    .slice(0, room);
  const next = best.find(({ trial }) => trial.epochs === epochs && trial.state === "done");
  if (!next) return null;
  const { id, values } = next.trial;
  return { id, values, epochs: rungs[k + 1]!, why: `rung ${k + 1}` };
}
