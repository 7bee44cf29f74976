// neurite compare: runs side by side, as a table and as a page.

import type { Command } from "commander";
import { type ComparedRow, compareRuns } from "../comparison/compare-table.ts";
import { readRuns } from "../comparison/compared-runs.ts";
import { writeWhole } from "../files/output.ts";
import { expectOwn } from "../files/own-file.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { table } from "../terminal/table.ts";

interface Flags {
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

/** With more runs than this they are rows, not columns. */
const MOST_COLUMNS = 4;

export function compareCommand(program: Command, io: Io): void {
  program
    .command("compare")
    .description(
      "Sets runs side by side: how far each came, its figures after the last epoch (or the best, where that was put back), and which settings differ. " +
        "Of a search its best run is taken.",
    )
    .argument("<runs...>", "folders that neurite train or neurite search wrote")
    .option("--out <file>", "write a page with curves here, as in compared.html")
    .option("--overwrite", "replace a file of your own")
    .option("--json", "print one JSON object")
    .action((runs: readonly string[], flags: Flags) => compare(io, runs, flags));
}

async function compare(io: Io, folders: readonly string[], flags: Flags): Promise<void> {
  const { out, json, overwrite } = flags;
  if (out !== undefined && !overwrite) await expectOwn(out);
  const comparison = compareRuns(await readRuns(folders));
  const { runs, results, settings, notes } = comparison;
  if (out !== undefined) {
    const { compareReport } = await import("../report/compare-report.ts");
    await writeWhole(out, compareReport(comparison));
  }
  if (json) {
    const told = runs.map(({ name, folder, rows }) => ({ name, folder, epochs: rows }));
    return printEvent(io, {
      event: "compared",
      runs: told,
      results,
      settings,
      notes,
      ...(out && { out }),
    });
  }
  const names = runs.map(({ name }) => name);
  printLines(io, ...sideBySide(names, [...results, ...settings]), ...notes);
  if (out !== undefined) printLines(io, `report: ${out}`);
}

/** Runs as columns while they are few. */
function sideBySide(names: readonly string[], rows: readonly ComparedRow[]): string[] {
  if (names.length <= MOST_COLUMNS) {
    return table(
      ["", ...names],
      rows.map(({ title, cells }) => [title, ...cells]),
    );
  }
  const head = ["run", ...rows.map(({ title }) => title)];
  return table(
    head,
    names.map((name, i) => [name, ...rows.map(({ cells }) => cells[i]!)]),
  );
}
