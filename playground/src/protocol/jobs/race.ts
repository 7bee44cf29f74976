// The job `race`: one runner of a race, from new weights to the end. It leaves the loaded run alone.

import type { Settings } from "../../state/index.ts";

export interface RaceRow {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number | null;
  readonly train: Readonly<Record<string, number>>;
  readonly test: Readonly<Record<string, number>>;
}

export interface RaceJob {
  /** `epochs` are those after which it is measured, rising. */
  readonly asks: { readonly settings: Settings; readonly epochs: readonly number[] };
  readonly gives: {
    /** One row for each of the epochs, up to where a number was not finite. */
    readonly rows: readonly RaceRow[];
    /** The step after which a number was not finite; null for none. */
    readonly badStep: number | null;
    readonly parameters: number;
  };
}
