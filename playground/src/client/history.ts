// The curves of a run, row by row.

/** One point of the curves. */
export interface HistoryRow {
  readonly step: number;
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss: number | null;
  readonly train: Readonly<Record<string, number>>;
  readonly test: Readonly<Record<string, number>>;
}

/** Where the loss was least, over the test examples if there are any: where one would have stopped. */
export function bestRow(history: readonly HistoryRow[]): HistoryRow | null {
  const lossOf = (row: HistoryRow) => row.testLoss ?? row.trainLoss;
  return history.reduce<HistoryRow | null>((best, row) => {
    if (!Number.isFinite(lossOf(row))) return best;
    return best === null || lossOf(row) < lossOf(best) ? row : best;
  }, null);
}
