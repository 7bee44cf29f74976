// Reads a table to look at, and another one beside it.

import { describeTable, sharedRows } from "neurite/inspect";
import { STANDARD_INPUT, standardInput } from "../files/standard-input.ts";
import type { RunFlags } from "../flags/flags.ts";
import { readTableFile, type TableReading } from "../sources/table-file.ts";
import { targetColumn } from "../sources/table-target.ts";
import { CliError } from "../terminal/failures.ts";
import type { Described } from "./told.ts";

export interface TableLook extends RunFlags {
  /** Another table, whose rows may stand in this one. */
  readonly beside?: string;
}

/** @throws UsageError for a target that is not there; FileError for what is no table */
export async function describeTableFile(path: string, flags: TableLook): Promise<Described> {
  const { target, types, delimiter, encoding, decimal, header, missing, ragged, dates, beside } =
    flags;
  const reading = { delimiter, encoding, decimal, header, missing, ragged, dates };
  const held = path === STANDARD_INPUT ? await standardInput() : undefined;
  const { table } = await readTableFile(path, { ...reading, types }, held);
  if (target !== undefined) targetColumn(table, target);
  const description = describeTable(table, target === undefined ? {} : { target });
  if (beside === undefined) return { table, description, beside: null, unit: "line" };
  // As the same types, or the same values would not be alike.
  const own = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
  const names = table.columns.map(({ name }) => name);
  await expectColumnsOf(beside, reading, names, table.name);
  const other = await readTableFile(beside, { ...reading, types: { ...types, ...own } });
  return {
    ...{ table, description, unit: "line" },
    beside: { table: other.table, shared: sharedRows(table, other.table) },
  };
}

/** @throws CliError for a table that lacks some of the columns, naming them */
async function expectColumnsOf(
  path: string,
  reading: TableReading,
  names: readonly string[],
  of: string,
): Promise<void> {
  const { table } = await readTableFile(path, reading);
  const there = new Set(table.columns.map(({ name }) => name));
  const absent = names.filter((name) => !there.has(name));
  if (absent.length === 0) return;
  const more = absent.length > 10 ? ` and ${absent.length - 10} more` : "";
  throw new CliError(
    `--beside: ${table.name} lacks columns of ${of}: ${absent.slice(0, 10).join(", ")}${more}`,
  );
}
