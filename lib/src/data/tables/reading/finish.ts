// A table out of its builders.

import { FileError } from "../../../checks/errors.ts";
import type { ColumnBuilder } from "../cells/column.ts";
import type { DateOrder } from "../cells/dates.ts";
import type { Growing } from "../cells/growing.ts";
import type { Table } from "../table.ts";
import { columnNotices, formulaNotices } from "./column-notices.ts";
import type { ObjectRows } from "./object-rows.ts";
import { expectTyped, type ReadTableOptions } from "./options.ts";

/** What a table needs beside its columns. */
interface Finish {
  readonly name: string;
  readonly lines: Growing<Int32Array<ArrayBuffer>>;
  /** What was said before the columns. */
  readonly notices: readonly string[];
  readonly isDecimalSure: boolean;
}

/** @throws FileError where no column has a value */
export function finish(builders: readonly ColumnBuilder[], about: Finish): Table {
  const { name } = about;
  if (builders.length === 0)
    throw new FileError(`${name}: has no columns; expected some that are not ignored`);
  if (about.lines.length === 0)
    throw new FileError(`${name}: has no rows; expected some below the header`);
  if (builders.every(({ kind, gaps, rows }) => kind === "gaps" || gaps === rows)) {
    throw new FileError(
      `${name}: holds nothing but gaps below the header; expected some that are none`,
    );
  }
  const said = columnNotices(builders, about.isDecimalSure);
  const lines = about.lines.take();
  const columns = builders.map((builder) => builder.take());
  const notices = [...about.notices, ...said, ...formulaNotices(builders)];
  return { name, rows: lines.length, columns, lines, notices };
}

/** The order of day and month, where columns do not differ in it. */
export function dateOrder(builders: readonly (ColumnBuilder | undefined)[]): { dates?: DateOrder } {
  const orders = builders.map((builder) =>
    builder?.kind === "date" ? builder.dates.readOrder : undefined,
  );
  const found = new Set(orders.filter((order) => order !== undefined));
  return found.size === 1 ? { dates: [...found][0]! } : {};
}

/** @throws ArgumentError for types of columns that are not there */
export function tableOfRows(
  name: string,
  rows: ObjectRows,
  { types = {} }: ReadTableOptions,
): Table {
  const ignored = Object.keys(types).filter((column) => types[column] === "ignore");
  expectTyped(name, types, [...rows.builders.keys(), ...ignored]);
  return finish([...rows.builders.values()], {
    name,
    lines: rows.lines,
    notices: [],
    isDecimalSure: true,
  });
}
