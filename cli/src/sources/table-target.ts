// The target of a table: whether it is classes or values, and what it is in each row.

import type { Table, TableColumn } from "neurite/data/tables";
import { unknownName } from "neurite/ir";
import { CliError, UsageError } from "../terminal/failures.ts";

/** More classes than a person can tell apart in a report. */
const MOST_CLASSES = 1000;
/** Names of columns in a sentence. */
const MOST_NAMES = 40;

/** @throws UsageError for a column that is not there, with the nearest name and the list of all */
export function targetColumn(table: Table, target: string | undefined): TableColumn {
  const names = table.columns.map(({ name }) => name);
  const found = table.columns.find(({ name }) => name === target);
  if (found) return found;
  if (target !== undefined) {
    throw new UsageError(`--target: ${unknownName("column", target, names).message}`);
  }
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  throw new UsageError(
    `--target: expected the column of ${table.name} to learn, as in --target ${names.at(-1)}; ` +
      `it has ${names.slice(0, MOST_NAMES).join(", ")}${more}`,
  );
}

/**
 * The classes of a target, or null where it is values. Categories are classes, and so are numbers of two sorts.
 * @throws CliError for what cannot be learnt
 */
export function classesOf(column: TableColumn, { name: file }: Table): string[] | null {
  const { name, type } = column;
  const refuse = (why: string) => new CliError(`${file}: the target ${name} ${why}`);
  if (type === "date") throw refuse(`is a date; expected classes or numbers`);
  if (type === "text") {
    throw refuse(
      `is text that hardly repeats; expected classes or numbers (or --types ${name}=category)`,
    );
  }
  if (type === "number") {
    const found = distinct(column.values, 2);
    if (found.length === 0) throw refuse("is missing in every row");
    if (found.length === 1) throw refuse(`is ${found[0]} in every row: there is nothing to learn`);
    return found.length === 2 ? found.sort((a, b) => a - b).map(String) : null;
  }
  const used = new Set(column.codes);
  const classes = column.values.filter((_, code) => used.has(code));
  if (classes.length === 0) throw refuse("is missing in every row");
  if (classes.length === 1) {
    throw refuse(`is ${JSON.stringify(classes[0])} in every row: there is nothing to learn`);
  }
  if (classes.length <= MOST_CLASSES) return classes;
  throw refuse(
    `has ${classes.length.toLocaleString("en-US")} different values; expected at most ${MOST_CLASSES} classes`,
  );
}

/** Up to one more than `most` different numbers, without gaps. */
function distinct(values: Float64Array, most: number): number[] {
  const found = new Set<number>();
  for (const value of values) {
    if (!Number.isNaN(value)) found.add(value);
    if (found.size > most) break;
  }
  return [...found];
}

/** The number of the class in each row; -1 for a gap, and for what is none of the classes. */
export function labelsIn(column: TableColumn, classes: readonly string[]): Int32Array {
  const places = new Map(classes.map((name, label) => [name, label]));
  const byNumber = new Map(classes.map((name, label) => [Number(name), label]));
  // A file may write 1 where another wrote 1.0.
  const placeOf = (text: string) =>
    places.get(text) ?? (text.trim() === "" ? -1 : (byNumber.get(Number(text)) ?? -1));
  if (column.type === "category") {
    const known = column.values.map(placeOf);
    return column.codes.map((code) => (code < 0 ? -1 : known[code]!));
  }
  const values: ArrayLike<number | string | null> = column.values;
  return Int32Array.from({ length: values.length }, (_, row) => {
    const value = values[row];
    return value === null || Number.isNaN(value) ? -1 : placeOf(String(value));
  });
}

/** @throws CliError for a column that holds no numbers */
export function numbersOf(column: TableColumn, { name: file }: Table): Float64Array {
  if (column.type === "number") return column.values;
  throw new CliError(
    `${file}: the target ${column.name} is ${column.type === "category" ? "categories" : `a ${column.type}`}; ` +
      "this run learns numbers",
  );
}
