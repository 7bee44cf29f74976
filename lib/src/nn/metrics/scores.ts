// Precision, recall and F1 of one class, out of counts.

export interface Score {
  /** Of the examples taken for the class, the share that is of it; 0 where none was. */
  readonly precision: number;
  /** Of the examples of the class, the share taken for it; 0 where there is none. */
  readonly recall: number;
  /** The harmonic mean of both; 0 where both are. */
  readonly f1: number;
}

export type ScoreName = keyof Score;

export const SCORES: readonly ScoreName[] = ["precision", "recall", "f1"];

/** What is counted of a class: examples that were found, that were taken for it, that are of it. */
export interface ClassTally {
  readonly hits: number;
  readonly taken: number;
  readonly support: number;
}

export function scoresOf({ hits, taken, support }: ClassTally): Score & { support: number } {
  const precision = taken === 0 ? 0 : hits / taken;
  const recall = support === 0 ? 0 : hits / support;
  const f1 = hits === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, support };
}
