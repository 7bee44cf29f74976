// Rows of a table as a model reads them: numbers, which the layer `tableFeatures` makes features of.

import { expectOptions, type Kinds, oneOf } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import type { NdArray } from "../../ops/define.ts";
import { columnPlaces } from "../../spec/column-names.ts";
import type { ColumnSpec, DateColumnSpec } from "../../spec/columns.ts";
import { expectColumns } from "../../spec/expect-columns.ts";
import type { FloatDType } from "../../spec/parts.ts";
import { cellNumbers, hasValues, textAt } from "./cell-values.ts";
import { datePart } from "./date-parts.ts";
import type { Table, TableColumn } from "./table.ts";
import { expectTable, tableColumn } from "./table-of.ts";
import { placesByValue, tally } from "./words.ts";

/** Options of encodeColumns(). */
export interface EncodeOptions {
  /** What the model computes in; "float32" by default. */
  readonly dtype?: FloatDType;
}

const OPTIONS: Kinds<EncodeOptions> = { dtype: oneOf("float32", "float64") };

/** An array of floats, and where a row of a column begins in it. */
interface Target {
  readonly data: Float32Array | Float64Array;
  readonly from: number;
  readonly width: number;
  readonly rows: number;
}

/**
 * The rows of a table as [rows, width], in the order of the model's columns: a number, NaN for a gap and for
 * what is no finite number; the place of a category among its values, -1 for others; parts of a date; counts of
 * words. A column that was read as another type is read again as the model's: "3" is a number.
 * @param columns as the model has them, from `fitColumns`
 * @throws ArgumentError for a column that the table has not, with the nearest name, and for dates that are none
 */
export function encodeColumns(
  columns: readonly ColumnSpec[],
  table: Table,
  options: EncodeOptions = {},
): NdArray {
  expectColumns("encodeColumns", columns);
  expectTable("encodeColumns", table);
  expectOptions("encodeColumns", options, OPTIONS);
  const { dtype = "float32" } = options;
  const places = columnPlaces(columns);
  const width = places.at(-1)!.to;
  const data = allocate(dtype, table.rows * width) as Float32Array | Float64Array;
  columns.forEach((column, i) => {
    const given = tableColumn(table, column.name);
    write(column, given, { data, from: places[i]!.from, width, rows: table.rows });
  });
  return { dtype, shape: [table.rows, width], data };
}

function write(column: ColumnSpec, given: TableColumn, target: Target): void {
  if (column.type === "number") put(target, 0, cellNumbers(given));
  else if (column.type === "category") put(target, 0, categoryPlaces(column.values, given));
  else if (column.type === "text") putCounts(target, column.words, given);
  else putParts(target, column, given);
}

function putParts(target: Target, { parts }: DateColumnSpec, given: TableColumn): void {
  if (given.type === "date") {
    parts.forEach(({ part }, i) => {
      put(target, i, datePart(given.values, part));
    });
    return;
  }
  if (hasValues(given)) {
    throw new ArgumentError(
      `encodeColumns: the model reads "${given.name}" as dates, received ${NAMES[given.type]}`,
    );
  }
  const gaps = new Float64Array(target.rows).fill(Number.NaN);
  for (let i = 0; i < parts.length; i++) put(target, i, gaps);
}

const NAMES: Readonly<Record<TableColumn["type"], string>> = {
  number: "numbers",
  category: "categories",
  date: "dates",
  text: "text",
};

/** What does not fit into the element type is a gap too: it would be infinite. */
function put({ data, from, width }: Target, offset: number, values: ArrayLike<number>): void {
  for (let row = 0; row < values.length; row++) {
    const at = row * width + from + offset;
    data[at] = values[row]!;
    if (data[at]! - data[at]! !== 0) data[at] = Number.NaN;
  }
}

/** Where each value stands among those that the model knows, -1 for gaps and others. */
export function categoryPlaces(values: readonly string[], given: TableColumn): Int32Array {
  const places = placesByValue(values);
  const place = (text: string | null) => (text === null ? -1 : (places.get(text) ?? -1));
  if (given.type !== "category") {
    return Int32Array.from(given.values as ArrayLike<unknown>, (_, row) =>
      place(textAt(given, row)),
    );
  }
  const known = given.values.map(place);
  return given.codes.map((code) => (code < 0 ? -1 : known[code]!));
}

function putCounts(
  { data, from, width, rows }: Target,
  words: readonly string[],
  given: TableColumn,
) {
  const places = placesByValue(words);
  for (let row = 0; row < rows; row++) {
    tally(textAt(given, row), places, (place) => data[row * width + from + place]!++);
  }
}

/** Values of a category that a model does not know, and the rows that they are in. */
export interface UnknownValue {
  readonly column: string;
  readonly value: string;
  /** Counted from 0. */
  readonly rows: readonly number[];
}

/**
 * What of a table a model takes for a gap without its being one: values of categories that it was not fitted to,
 * and text where it reads numbers. Most frequent first.
 * @throws ArgumentError for a column that the table has not
 */
export function unknownValues(columns: readonly ColumnSpec[], table: Table): UnknownValue[] {
  expectColumns("unknownValues", columns);
  expectTable("unknownValues", table);
  const found = columns.flatMap((column): UnknownValue[] => {
    if (column.type !== "category" && column.type !== "number") return [];
    const given = tableColumn(table, column.name);
    if (column.type === "number" && given.type === "number") return [];
    const read =
      column.type === "number" ? cellNumbers(given) : categoryPlaces(column.values, given);
    const rows = new Map<string, number[]>();
    for (let row = 0; row < table.rows; row++) {
      const isKnown = column.type === "number" ? !Number.isNaN(read[row]) : read[row]! >= 0;
      const value = isKnown ? null : textAt(given, row);
      if (value !== null) rows.set(value, [...(rows.get(value) ?? []), row]);
    }
    return [...rows].map(([value, own]) => ({ column: column.name, value, rows: own }));
  });
  return found.sort((a, b) => b.rows.length - a.rows.length);
}
