// Writes a table as CSV (RFC 4180), so that it reads back as it was and a spreadsheet program carries nothing out.

import { expectOptions, flag, type Kind, type Kinds } from "../../checks/arguments.ts";
import { isoDate } from "./cells/dates.ts";
import type { Table, TableColumn } from "./table.ts";
import { expectTable } from "./table-of.ts";

/** Options of tableToCsv(). */
export interface CsvOptions {
  /** One character of ASCII: "," if not given. */
  readonly delimiter?: string | undefined;
  /** Whether texts that a spreadsheet would take for a formula are kept from it by a quote in front; true if not given. */
  readonly guardFormulas?: boolean | undefined;
}

const delimiter: Kind<string> = {
  says: "one character of ASCII other than a quote, a letter and a digit",
  fits: (value) => typeof value === "string" && /^[\t !#-/:-@[-`{-~]$/.test(value),
};
const CSV_OPTIONS: Kinds<CsvOptions> = { delimiter, guardFormulas: flag };
/** Rows that are written at once. */
const ROWS_AT_ONCE = 4096;

/**
 * The table as text, in pieces of some thousand rows: the header first, lines ending in CR LF. A gap is an empty cell, a
 * date ISO 8601 in UTC. A text, or a name, that begins with = + - @ or a tab, and is no number, gets an apostrophe in
 * front of it: a spreadsheet program would carry it out as a formula. `guardFormulas: false` writes it as it is.
 * @throws ArgumentError for what is no table, and for unknown options
 */
export function tableToCsv(table: Table, options: CsvOptions = {}): Iterable<string> {
  expectTable("tableToCsv", table);
  expectOptions("tableToCsv", options, CSV_OPTIONS);
  const { delimiter: between = ",", guardFormulas = true } = options;
  const quoted = (text: string) => writtenText(text, between, guardFormulas);
  return piecesOfCsv(table, between, quoted);
}

function* piecesOfCsv(
  table: Table,
  between: string,
  quoted: (text: string) => string,
): Generator<string, void, undefined> {
  yield `${table.columns.map(({ name }) => quoted(name)).join(between)}\r\n`;
  const writers = table.columns.map((column) => cellWriter(column, quoted));
  for (let from = 0; from < table.rows; from += ROWS_AT_ONCE) {
    let text = "";
    for (let row = from; row < Math.min(table.rows, from + ROWS_AT_ONCE); row++) {
      const cells = writers.map((write) => write(row));
      // A row of one empty cell would be a blank line, which is no row.
      text += `${cells.length === 1 && cells[0] === "" ? '""' : cells.join(between)}\r\n`;
    }
    yield text;
  }
}

function cellWriter(
  column: TableColumn,
  quoted: (text: string) => string,
): (row: number) => string {
  if (column.type === "category") {
    const values = column.values.map(quoted);
    return (row) => values[column.codes[row]!] ?? "";
  }
  if (column.type === "text") return (row) => quoted(column.values[row] ?? "");
  const write = column.type === "date" ? isoDate : String;
  return (row) => (Number.isNaN(column.values[row]!) ? "" : quoted(write(column.values[row]!)));
}

function writtenText(text: string, between: string, isGuarded: boolean): string {
  const isFormula =
    isGuarded && /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+(e[+-]?\d+)?$/i.test(text);
  const safe = isFormula ? `'${text}` : text;
  const needsQuotes = safe.includes(between) || /["\r\n]|^\s|\s$/.test(safe);
  return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}
