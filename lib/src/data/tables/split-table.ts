// Parts a table into rows to learn from and rows to be judged by.

import {
  expectArgument,
  expectOptions,
  type Kind,
  type Kinds,
  ratio,
  show,
  text,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { Rng } from "../random.ts";
import type { Table, TableColumn } from "./table.ts";
import { expectTable, tableColumn } from "./table-of.ts";

/** Options of splitTable(). */
export interface SplitTableOptions {
  /** Which part of the rows is for testing; 0.2 if not given. */
  readonly testFraction?: number | undefined;
  /** Decides which rows; 0 if not given. */
  readonly seed?: number | undefined;
  /** A category column: both parts have as large a share of each of its values, as near as whole rows allow. */
  readonly stratify?: string | undefined;
}

/** Two parts of a table. */
export interface SplitTable {
  readonly train: Table;
  readonly test: Table;
}

const SPLIT_OPTIONS: Kinds<SplitTableOptions> = {
  testFraction: ratio,
  seed: whole,
  stratify: text,
};

/**
 * Parts a table at random; in each part the rows are in the order of the table. Texts and values are shared, not
 * copied.
 * @throws ArgumentError where a part would be empty, and for a value of `stratify` that only one row has
 */
export function splitTable(table: Table, options: SplitTableOptions = {}): SplitTable {
  expectTable("splitTable", table);
  expectOptions("splitTable", options, SPLIT_OPTIONS);
  const { testFraction = 0.2, seed = 0, stratify } = options;
  const size = Math.round(table.rows * testFraction);
  if (size === 0 || size === table.rows) {
    throw new ArgumentError(
      `splitTable: ${table.name}: a testFraction of ${testFraction} leaves a part of its ${table.rows} rows empty`,
    );
  }
  const order = Int32Array.from({ length: table.rows }, (_, row) => row);
  new Rng(seed).shuffle(order);
  const isTest = new Uint8Array(table.rows);
  const classes = stratify === undefined ? [order] : rowsByValue(table, stratify, order);
  for (const row of apportioned(classes, size)) isTest[row] = 1;
  const rowsOf = (part: number) => order.filter((row) => isTest[row] === part).sort();
  return { train: pickTableRows(table, rowsOf(0)), test: pickTableRows(table, rowsOf(1)) };
}

/** Rows of each value, gaps together. @throws ArgumentError for a column without classes, and for rare values */
function rowsByValue(table: Table, name: string, order: Int32Array): Int32Array[] {
  const column = tableColumn(table, name);
  if (column.type !== "category") {
    throw new ArgumentError(
      `splitTable: stratify: expected a category column, received ${show(name)}, a ${column.type} column`,
    );
  }
  const { codes, values } = column;
  const classes = [...values.keys(), -1].map((code) => order.filter((row) => codes[row] === code));
  const rare = classes.findIndex((rows, code) => rows.length === 1 && code < values.length);
  if (rare >= 0) {
    throw new ArgumentError(
      `splitTable: stratify: expected at least 2 rows of each value of ${show(name)}, received 1 of ${show(values[rare])}`,
    );
  }
  return classes.filter((rows) => rows.length > 0);
}

/**
 * The first rows of each class, `size` in all: each class its share rounded down, then one more to those with the
 * largest remainders (Hamilton's method), and none of a class as a whole.
 */
function apportioned(classes: readonly Int32Array[], size: number): number[] {
  const rows = classes.reduce((sum, { length }) => sum + length, 0);
  const shares = classes.map(({ length }) => (length * size) / rows);
  const counts = shares.map(Math.floor);
  const byRemainder = [...shares.keys()].sort(
    (a, b) => (shares[b]! % 1) - (shares[a]! % 1) || a - b,
  );
  let left = size - counts.reduce((sum, count) => sum + count, 0);
  for (const i of byRemainder) {
    if (left === 0) break;
    counts[i]!++;
    left--;
  }
  return classes.flatMap((of, i) => Array.from(of.subarray(0, counts[i])));
}

const ROWS: Kind = {
  says: "a list of row numbers",
  fits: (value) => Array.isArray(value) || ArrayBuffer.isView(value),
};

/**
 * The rows of these numbers, from 0, in that order.
 * @throws ArgumentError for a row that is not there
 */
export function pickTableRows(table: Table, rows: ArrayLike<number>): Table {
  expectTable("pickTableRows", table);
  expectArgument("pickTableRows", "rows", rows, ROWS);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (Number.isInteger(row) && row >= 0 && row < table.rows) continue;
    throw new ArgumentError(
      `pickTableRows: expected rows of 0 to ${table.rows - 1}, received ${show(row)}`,
    );
  }
  const columns = table.columns.map((column) => pickCells(column, rows));
  const lines = picked(table.lines, new Int32Array(rows.length), rows);
  return { ...table, rows: rows.length, columns, lines };
}

function pickCells(column: TableColumn, rows: ArrayLike<number>): TableColumn {
  if (column.type === "category") {
    return { ...column, codes: picked(column.codes, new Int32Array(rows.length), rows) };
  }
  if (column.type === "text") {
    return { ...column, values: Array.from(rows, (row) => column.values[row]!) };
  }
  return { ...column, values: picked(column.values, new Float64Array(rows.length), rows) };
}

function picked<A extends Int32Array | Float64Array>(from: A, to: A, rows: ArrayLike<number>): A {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]!]!;
  return to;
}
