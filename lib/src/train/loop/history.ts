// What fit() returns: the figures of every epoch.

import { expectArgument, type Kind } from "../../checks/arguments.ts";
import { unknownName } from "../../checks/nearest.ts";
import { type EpochLogs, toCsv } from "../callbacks/index.ts";

/** What fit() gives: the figures of every epoch. */
export interface History {
  readonly epochs: readonly EpochLogs[];
  /** Why training ended before its last epoch, or null. */
  readonly stopped: string | null;
}

const HISTORY: Kind<never> = {
  says: "a history, as fit() gives it",
  fits: (x) => Array.isArray((x as Partial<History> | null | undefined)?.epochs),
};

/**
 * One figure over the epochs, as in `figureOf(history, "valLoss")`.
 * @throws ArgumentError for a figure that no epoch has
 */
export function figureOf(history: History, name: string): number[] {
  expectArgument("figureOf", "history", history, HISTORY);
  const { epochs } = history;
  const names = [...new Set(epochs.flatMap((epoch) => Object.keys(epoch)))];
  if (epochs.length > 0 && !names.includes(name)) throw unknownName("figure", String(name), names);
  return epochs.flatMap((epoch) => epoch[name] ?? []);
}

/** The history as CSV, one line an epoch. */
export function historyCsv(history: History): string {
  expectArgument("historyCsv", "history", history, HISTORY);
  return toCsv(history.epochs);
}
