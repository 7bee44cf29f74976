// The history as a table that other programs read.

import { expectArgument, func, listOf, object } from "../../checks/arguments.ts";
import type { Callback, EpochLogs } from "./callback.ts";
import { Memory } from "./memory.ts";

/** Calls `write` with the whole history as CSV after every epoch. */
export function csvHistory(write: (csv: string) => void | Promise<void>): Callback {
  expectArgument("csvHistory", "write", write, func);
  const memory = new Memory(() => ({ rows: [] as readonly EpochLogs[] }));
  return {
    name: "csvHistory",
    onTrainBegin: (control) => memory.begin(control),
    async onEpochEnd(logs) {
      memory.now.rows = [...memory.now.rows, logs];
      await write(toCsv(memory.now.rows));
    },
    save: () => memory.now.rows,
    load(saved) {
      expectArgument("csvHistory", "what was saved of it", saved, listOf(object));
      memory.load({ rows: saved as readonly EpochLogs[] });
    },
  };
}

/**
 * One line an epoch, one column a figure; a figure that an epoch lacks is empty. Epochs count from 1,
 * as wherever people read them.
 */
export function toCsv(rows: readonly EpochLogs[]): string {
  expectArgument("toCsv", "rows", rows, listOf(object));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((name) => cell(row, name)).join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}

function cell(row: EpochLogs, name: string): number | string {
  return name === "epoch" ? row.epoch + 1 : (row[name] ?? "");
}
