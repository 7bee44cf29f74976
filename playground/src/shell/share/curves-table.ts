// The curves of a run as a table.

import type { HistoryRow } from "../../client/index.ts";

/** One line a frame that was shown; a figure that is not there is left empty. */
export function curvesTable(history: readonly HistoryRow[]): string {
  const names = [...new Set(history.flatMap(({ train }) => Object.keys(train)))];
  const head = ["step", "epoch", "loss", "testLoss", ...names, ...names.map(testName)];
  const rows = history.map(({ step, epoch, trainLoss, testLoss, train, test }) => [
    step,
    epoch,
    trainLoss,
    testLoss ?? "",
    ...names.map((name) => train[name] ?? ""),
    ...names.map((name) => test[name] ?? ""),
  ]);
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

function testName(name: string): string {
  return `test${name[0]!.toUpperCase()}${name.slice(1)}`;
}
