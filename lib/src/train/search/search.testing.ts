// Searches of a made-up figure, played without training: for the tests of strategies.

import { nextTrial } from "./next-trial.ts";
import { dimensionsOf, parseSearch, type SearchSpecInput } from "./search-spec.ts";
import type { Values } from "./space.ts";
import type { Proposal, SearchPlan, SearchTrial, TrialResult } from "./strategy.ts";

/** What a made-up trial gives: its figure and its losses; null where it fails. */
export type Played = (proposal: Proposal) => Pick<TrialResult, "score" | "losses"> | null;

export function planOf(search: SearchSpecInput, more: Partial<SearchPlan> = {}): SearchPlan {
  const parsed = parseSearch(search);
  return {
    search: parsed,
    dimensions: dimensionsOf(parsed),
    epochs: 9,
    mode: "min",
    examples: 50_000,
    isLambdaPerExample: true,
    base: {},
    ...more,
  };
}

/** Trials after an asking, as a ledger would have them. */
export function asked(trials: readonly SearchTrial[], proposal: Proposal): SearchTrial[] {
  const { id, values, epochs, train } = proposal;
  const results = trials[id]?.results ?? [];
  const trial: SearchTrial = { id, values, epochs, train, state: "asked", results };
  return id === trials.length
    ? [...trials, trial]
    : trials.map((one) => (one.id === id ? trial : one));
}

export function answered(
  trials: readonly SearchTrial[],
  id: number,
  result: ReturnType<Played>,
): SearchTrial[] {
  return trials.map((one) => {
    if (one.id !== id) return one;
    if (result === null) return { ...one, state: "failed" };
    const { score, losses } = result;
    const done = { epochs: one.epochs, score, loss: score, losses };
    return { ...one, state: "done", results: [...one.results, done] };
  });
}

/** A whole search with so many trials at once; the last started is the first done. */
export function playSearch(
  plan: SearchPlan,
  play: Played,
  jobs = 1,
): { readonly trials: readonly SearchTrial[]; readonly proposals: readonly Proposal[] } {
  let trials: readonly SearchTrial[] = [];
  const proposals: Proposal[] = [];
  const running: Proposal[] = [];
  for (;;) {
    const next = running.length < jobs ? nextTrial(plan, trials) : null;
    if (next) {
      proposals.push(next);
      running.push(next);
      trials = asked(trials, next);
      continue;
    }
    const done = running.pop();
    if (!done) return { trials, proposals };
    trials = answered(trials, done.id, play(done));
  }
}

/** A bowl over two logarithms, least at rate 0.01 and 32 units. */
export function bowl({ rate, units }: Values): number {
  return (Math.log10(Number(rate)) + 2) ** 2 + (Math.log2(Number(units)) - 5) ** 2 / 4;
}
