// Tables out of values that a program has, and looks at their columns.

import {
  count,
  expectOptions,
  type Kinds,
  listOf,
  object,
  oneOf,
  show,
  text,
  worded,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { didYouMean } from "../../checks/nearest.ts";
import type { DateOrder } from "./cells/dates.ts";
import { tableOfRows } from "./reading/finish.ts";
import { addColumns, ObjectRows, type WantedType } from "./reading/object-rows.ts";
import { expectTypes } from "./reading/options.ts";
import { rulesOf } from "./reading/rules.ts";
import type { Table, TableColumn } from "./table.ts";

/** What a cell can be: null, undefined and NaN are gaps. */
export type CellValue = number | string | boolean | bigint | Date | null | undefined;

/** Options of tableOf(). */
export interface TableOptions {
  /** As errors and reports name it; "table" if not given. */
  readonly name?: string | undefined;
  /** Types of columns by name. */
  readonly types?: Readonly<Record<string, WantedType>> | undefined;
  /** Texts that stand for a gap, as in readTable(). */
  readonly missing?: readonly string[] | undefined;
  /** Which comes first in texts such as 03/04/2024. */
  readonly dates?: DateOrder | undefined;
  /** Of all columns together; 50 million if not given. */
  readonly maxCells?: number | undefined;
}

const TABLE_OPTIONS: Kinds<TableOptions> = {
  name: text,
  types: worded<never>("an object of types by the names of columns", object),
  missing: listOf({ says: "a text", fits: (value) => typeof value === "string" }),
  dates: oneOf("dayFirst", "monthFirst"),
  maxCells: count,
};

/**
 * A table out of records, `[{ age: 31, city: "Paris" }, ...]`, or out of columns, `{ age: [31], city: ["Paris"] }`. A
 * name that a record lacks is a gap. Numbers make a number column, `Date`s and texts of dates a date column, true and
 * false and other texts a category, or a text column where they hardly repeat.
 * @throws ArgumentError for what is neither, for columns of different lengths, and for values that no column holds
 */
export function tableOf(
  data: readonly object[] | Readonly<Record<string, ArrayLike<CellValue>>>,
  options: TableOptions = {},
): Table {
  expectOptions("tableOf", options, TABLE_OPTIONS);
  const { name = "table", types = {}, maxCells = 50_000_000 } = options;
  expectTypes("tableOf", types);
  const rows = new ObjectRows(rulesOf(name, options, "."), types, "record", maxCells);
  if (Array.isArray(data)) {
    if (data.length === 0)
      throw new ArgumentError("tableOf: expected at least one record, received none");
    for (const [i, record] of data.entries()) rows.add(record, i + 1);
  } else if (isColumns(data))
    addColumns(rows, Object.entries(data), (says) => new ArgumentError(`${name}: ${says}`));
  else {
    throw new ArgumentError(
      `tableOf: expected a list of records, or an object of columns, received ${show(data)}`,
    );
  }
  return tableOfRows(name, rows, options);
}

function isColumns(data: unknown): data is Readonly<Record<string, ArrayLike<CellValue>>> {
  if (typeof data !== "object" || data === null) return false;
  const values = Object.values(data);
  return (
    values.length > 0 && values.every((list) => Array.isArray(list) || ArrayBuffer.isView(list))
  );
}

/**
 * A column by its name.
 * @throws ArgumentError for a name that the table does not have, with the nearest one
 */
export function tableColumn(table: Table, name: string): TableColumn {
  expectTable("tableColumn", table);
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column) return column;
  const names = table.columns.map((candidate) => candidate.name);
  const shown = names.length > 30 ? `${names.slice(0, 30).join(", ")}, ...` : names.join(", ");
  throw new ArgumentError(
    `${table.name}: there is no column ${show(name)}.${didYouMean(String(name), names)} The columns are ${shown}.`,
  );
}

/** @throws ArgumentError for what is no table */
export function expectTable(where: string, table: unknown): void {
  const given = table as Partial<Table> | null | undefined;
  if (
    typeof given === "object" &&
    given &&
    Array.isArray(given.columns) &&
    Number.isInteger(given.rows)
  )
    return;
  throw new ArgumentError(
    `${where}: expected a table, as readTable and tableOf give, received ${show(table)}`,
  );
}
