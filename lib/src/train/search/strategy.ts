// What a strategy sees and says: trials so far in, the next trial out. Nothing else, so that it can be asked
// again after a crash and says the same.

import type { Direction } from "../../nn/metrics/index.ts";
import type { SearchSpec } from "./search-spec.ts";
import type { Dimension, Values } from "./space.ts";

/** What a trial had reached after so many epochs. */
export interface TrialResult {
  readonly epochs: number;
  /** The monitored figure. */
  readonly score: number;
  /** The loss over the same examples, which parts equal scores. */
  readonly loss: number;
  /** The training loss of each epoch so far. */
  readonly losses: readonly number[];
}

/** A trial: values, and what came of them so far. */
export interface SearchTrial {
  /** From 0, in the order of asking. */
  readonly id: number;
  readonly values: Values;
  /** How many epochs it was last asked for, in all. */
  readonly epochs: number;
  /** Only the first so many examples, where it is a quick trial. */
  readonly train?: number | undefined;
  /** "asked": nothing has come of the last asking yet. */
  readonly state: "asked" | "done" | "failed";
  /** One for each asking that is done. */
  readonly results: readonly TrialResult[];
}

/** What to run next: a new trial, or one to go on with from its checkpoint. */
export interface Proposal {
  readonly id: number;
  readonly values: Values;
  /** In all, those done already too. */
  readonly epochs: number;
  readonly train?: number | undefined;
  /** A word on why, for the ledger. */
  readonly why?: string | undefined;
}

/** What a strategy knows beside the trials. */
export interface SearchPlan {
  readonly search: SearchSpec;
  readonly dimensions: readonly Dimension[];
  /** Of a whole trial. */
  readonly epochs: number;
  readonly mode: Direction;
  /** Training examples of a whole trial. */
  readonly examples: number;
  /** Whether lambda is divided by the number of examples, as network2 does. */
  readonly isLambdaPerExample: boolean;
  /** The values that the specification itself has at paths, where it has any. */
  readonly base: Values;
}

/**
 * The next trial; null where nothing can be said now. Where none is running either, the search is over.
 * The same trials give the same answer.
 */
export type Strategy = (plan: SearchPlan, trials: readonly SearchTrial[]) => Proposal | null;

export const DEFAULT_TRIALS = 20;

/** Better first: by score, then by loss. Only of two results of the same kind. */
export function compareResults(
  mode: Direction,
): (a: Pick<TrialResult, "score" | "loss">, b: Pick<TrialResult, "score" | "loss">) => number {
  const sign = mode === "max" ? -1 : 1;
  return (a, b) => sign * (a.score - b.score) || a.loss - b.loss;
}

/** The last result of a trial that has one, and has not failed. */
export function lastResult({ state, results }: SearchTrial): TrialResult | null {
  return state === "failed" ? null : (results.at(-1) ?? null);
}

/**
 * The best trial: of those that saw all examples where there are any, the best by its last result. Null
 * where all have failed.
 */
export function bestTrial(trials: readonly SearchTrial[], mode: Direction): SearchTrial | null {
  const judged = trials.filter((trial) => lastResult(trial) !== null);
  const whole = judged.filter(({ train }) => train === undefined);
  const compare = compareResults(mode);
  const [best] = [...(whole.length > 0 ? whole : judged)].sort(
    (a, b) => compare(lastResult(a)!, lastResult(b)!) || a.id - b.id,
  );
  return best ?? null;
}
