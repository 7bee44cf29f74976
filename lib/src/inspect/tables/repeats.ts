// Rows that stand in a table twice, and rows of one table that stand in another.

import { count, expectOptions, type Kinds } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Table } from "../../data/tables/table.ts";
import { expectTable, tableColumn } from "../../data/tables/table-of.ts";
import { RowPlaces } from "./row-places.ts";

/** Rows that are alike in all columns. Rows count from 0; `table.lines` says where they stand in the file. */
export interface RepeatedRows {
  /** How many rows repeat one before them. */
  readonly count: number;
  /** The first of them, each with the row that it repeats. */
  readonly some: readonly { readonly row: number; readonly first: number }[];
}

export function repeatedRows(table: Table, most: number): RepeatedRows {
  const { firsts } = new RowPlaces(table, table.columns);
  return listed(firsts, (row) => firsts[row] !== row, most);
}

/** Rows that are alike but for their target: what no model can get right. Those without a target are left out. */
export function contradictions(table: Table, target: string, most: number): RepeatedRows {
  const others = table.columns.filter(({ name }) => name !== target);
  if (others.length === 0) return { count: 0, some: [] };
  const goal = tableColumn(table, target);
  const values: ArrayLike<unknown> = goal.type === "category" ? goal.codes : goal.values;
  const isGap = (row: number) =>
    values[row] === null ||
    Number.isNaN(values[row]) ||
    (goal.type === "category" && values[row] === -1);
  const { firsts } = new RowPlaces(table, others);
  const differs = (row: number) =>
    firsts[row] !== row &&
    !isGap(row) &&
    !isGap(firsts[row]!) &&
    values[row] !== values[firsts[row]!];
  return listed(firsts, differs, most);
}

function listed(firsts: Int32Array, isOne: (row: number) => boolean, most: number): RepeatedRows {
  const some: { row: number; first: number }[] = [];
  let count = 0;
  for (let row = 0; row < firsts.length; row++) {
    if (!isOne(row)) continue;
    count++;
    if (some.length < most) some.push({ row, first: firsts[row]! });
  }
  return { count, some };
}

/** Options of sharedRows(). */
export interface SharedRowsOptions {
  /** How many rows to name; 20 by default. */
  readonly most?: number;
}

const OPTIONS: Kinds<SharedRowsOptions> = { most: count };

/**
 * Which rows of a table to test on were there to learn from: alike in all columns of the first table. In the result
 * `row` is one of the second table, `first` the row of the first one that is like it.
 * @throws ArgumentError for a column that the second table has not, or has as another type
 */
export function sharedRows(
  train: Table,
  test: Table,
  options: SharedRowsOptions = {},
): RepeatedRows {
  expectTable("sharedRows", train);
  expectTable("sharedRows", test);
  expectOptions("sharedRows", options, OPTIONS);
  const columns = train.columns.map(({ name, type }) => {
    const column = tableColumn(test, name);
    if (column.type === type) return column;
    throw new ArgumentError(
      `sharedRows: "${name}" is ${type} in ${train.name} and ${column.type} in ${test.name}; read both as the same`,
    );
  });
  const found = new RowPlaces(train, train.columns).find(columns, test.rows);
  return listed(found, (row) => found[row]! >= 0, options.most ?? 20);
}
