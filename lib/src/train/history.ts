// What fit() returns: the figures of every epoch.

import { type EpochLogs, toCsv } from "./callbacks/index.ts";

export interface History {
  readonly epochs: readonly EpochLogs[];
  /** Why training ended before its last epoch, or null. */
  readonly stopped: string | null;
}

/** One figure over the epochs, as in `figureOf(history, "valLoss")`. */
export function figureOf(history: History, name: string): number[] {
  return history.epochs.flatMap((epoch) => epoch[name] ?? []);
}

/** The history as CSV, one line an epoch. */
export function historyCsv(history: History): string {
  return toCsv(history.epochs);
}
