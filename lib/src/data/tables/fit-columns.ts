// Fits what a model reads a table by to its rows: means, deviations, values, words, and rules for gaps.

import {
  count,
  expectOptions,
  type Kinds,
  listOf,
  object,
  oneOf,
  text,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { ColumnSpec, DatePart } from "../../spec/columns.ts";
import { DATE_PARTS } from "../../spec/expect-columns.ts";
import { textAt } from "./cell-values.ts";
import { planColumn } from "./column-plans.ts";
import type { ColumnType, Table } from "./table.ts";
import { expectTable, tableColumn } from "./table-of.ts";

/** Options of fitColumns() and planColumns(). */
export interface FitColumnsOptions {
  /** Columns that the model must not read: the target above all. */
  readonly except?: readonly string[];
  /** Columns to read even if they look like names or numbers of rows. */
  readonly keep?: readonly string[];
  /** Categories that have an order: their values, the least first. Others are one-hot. */
  readonly ordinal?: Readonly<Record<string, readonly string[]>>;
  /** How many values of a category get a feature, the most frequent ones; 50 by default. */
  readonly maxCategories?: number;
  /** How many words of a text get a feature; 100 by default. */
  readonly maxWords?: number;
  /** What of dates is read; time, month, day, weekday and hour by default, those of them that vary. */
  readonly dateParts?: readonly DatePart[];
}

const OPTIONS: Kinds<FitColumnsOptions> = {
  except: listOf(text),
  keep: listOf(text),
  ordinal: object,
  maxCategories: count,
  maxWords: count,
  dateParts: listOf(oneOf(...DATE_PARTS)),
};

/** What is done with a column. */
export interface ColumnPlan {
  readonly name: string;
  readonly type: ColumnType;
  /** Rows without a value. */
  readonly gaps: number;
  /** In words: "scaled: mean 3, deviation 1", "left out: it numbers the rows". */
  readonly done: string;
  /** What the model reads it by; null where it is left out. */
  readonly column: ColumnSpec | null;
}

/**
 * What is done with each column of a table but those of `except`, with numbers measured over all its rows: give it
 * the rows to train on alone. Numbers are scaled, their gaps become the median and are marked; categories are
 * one-hot, their gaps all zeros; text becomes counts of words that stand in two rows or more, dates their parts.
 * Left out is what says nothing of other rows: columns that are the same everywhere and, beside others, numbers
 * of rows and names.
 * @throws ArgumentError for a column that the table has not, with the nearest name
 */
export function planColumns(table: Table, options: FitColumnsOptions = {}): ColumnPlan[] {
  return plans("planColumns", table, options);
}

/**
 * The columns that a model reads, fitted to the rows of a table: those of `planColumns` that are not left out.
 * They belong to the layer `tableFeatures` and to `encodeColumns`.
 * @throws ArgumentError for a column that the table has not, and where no column is left
 */
export function fitColumns(table: Table, options: FitColumnsOptions = {}): ColumnSpec[] {
  const found = plans("fitColumns", table, options);
  const columns = found.flatMap(({ column }) => column ?? []);
  if (columns.length > 0) return columns;
  const why = found.slice(0, 5).map(({ name, done }) => `${name} is ${done}`);
  throw new ArgumentError(
    `fitColumns: ${table.name} has no column to learn from${why.length > 0 ? ` (${why.join("; ")})` : ""}`,
  );
}

function plans(where: string, table: Table, options: FitColumnsOptions): ColumnPlan[] {
  expectTable(where, table);
  expectOptions(where, options, OPTIONS);
  const { except = [], keep = [], ordinal = {}, maxCategories = 50, maxWords = 100 } = options;
  const { dateParts = ["time", "month", "day", "weekday", "hour"] } = options;
  for (const name of [...except, ...keep, ...Object.keys(ordinal)]) tableColumn(table, name);
  if (table.rows === 0) throw new ArgumentError(`${where}: ${table.name} has no rows`);
  const read = table.columns.filter(({ name }) => !except.includes(name));
  const planned = (keepsAll: boolean) =>
    read.map((given): ColumnPlan => {
      const { name, type } = given;
      const isKept = keepsAll || keep.includes(name);
      const order = Object.hasOwn(ordinal, name) ? ordinal[name] : undefined;
      if (order) expectOrder(where, name, type, order);
      const limits = { maxCategories, maxWords, dateParts, isKept, order };
      let gaps = 0;
      for (let row = 0; row < table.rows; row++) if (isGap(given, row)) gaps++;
      return { name, type, gaps, ...planColumn(given, table, limits) };
    });
  const first = planned(false);
  // Where nothing else is there, a column that counts 1, 2, 3 is what there is to learn from.
  return first.some(({ column }) => column !== null) ? first : planned(true);
}

function isGap(column: Table["columns"][number], row: number): boolean {
  if (column.type === "number" || column.type === "date") return Number.isNaN(column.values[row]);
  return textAt(column, row) === null;
}

function expectOrder(
  where: string,
  name: string,
  type: ColumnType,
  order: readonly string[],
): void {
  const fits =
    Array.isArray(order) && order.length > 1 && order.every((value) => typeof value === "string");
  if (!fits || new Set(order).size < order.length) {
    throw new ArgumentError(
      `${where}: expected ordinal.${name} to be a list of two texts or more, none of them twice`,
    );
  }
  if (type === "category") return;
  throw new ArgumentError(`${where}: ordinal: "${name}" is no category, it was read as ${type}`);
}
