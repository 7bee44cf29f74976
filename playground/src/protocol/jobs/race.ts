// The job `race`: several settings side by side, each from new weights to the end. It leaves the loaded run alone.

import type { Problem, Settings } from "../../state/index.ts";

export interface RaceRow {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number | null;
  readonly train: Readonly<Record<string, number>>;
  readonly test: Readonly<Record<string, number>>;
}

/** Where a runner stands. */
export interface Runner {
  /** One row for each of the epochs so far, up to where a number was not finite. */
  readonly rows: readonly RaceRow[];
  /** The step after which a number was not finite; null for none. */
  readonly badStep: number | null;
  /** Null where the settings cannot be trained. */
  readonly parameters: number | null;
  readonly problem: Problem | null;
}

export interface RaceJob {
  /** `epochs` are those after which all are measured, rising. */
  readonly asks: { readonly runners: readonly Settings[]; readonly epochs: readonly number[] };
  /** All runners after each of the epochs. */
  readonly tells: readonly Runner[];
  readonly gives: readonly Runner[];
}
