// Reads a table to look at, and another one beside it.

import { describeTable, sharedRows } from "neurite/inspect";
import type { TableFlags } from "../flags/flags.ts";
import { readTableFile, STANDARD_INPUT, standardInput } from "../sources/table-file.ts";
import { targetColumn } from "../sources/table-target.ts";
import type { Described } from "./told.ts";

export interface TableLook extends TableFlags {
  /** Another table, whose rows may stand in this one. */
  readonly beside?: string;
}

/** @throws UsageError for a target that is not there; FileError for what is no table */
export async function describeTableFile(path: string, flags: TableLook): Promise<Described> {
  const { target, types, delimiter, encoding, decimal, header, missing, ragged, beside } = flags;
  const reading = { delimiter, encoding, decimal, header, missing, ragged };
  const held = path === STANDARD_INPUT ? await standardInput() : undefined;
  const { table } = await readTableFile(path, { ...reading, types }, held);
  if (target !== undefined) targetColumn(table, target);
  const description = describeTable(table, target === undefined ? {} : { target });
  if (beside === undefined) return { table, description, beside: null, unit: "line" };
  // As the same types, or the same values would not be alike.
  const own = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
  const other = await readTableFile(beside, { ...reading, types: { ...types, ...own } });
  return {
    ...{ table, description, unit: "line" },
    beside: { table: other.table, shared: sharedRows(table, other.table) },
  };
}
