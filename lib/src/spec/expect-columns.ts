// Checks that columns are what a model can read a table by: files and plain JavaScript write them too.

import {
  expectArgument,
  expectOptions,
  finite,
  flag,
  type Kind,
  type Kinds,
  listOf,
  object,
  oneOf,
  positive,
  text,
} from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import type {
  CategoryColumnSpec,
  ColumnSpec,
  DateColumnSpec,
  DatePart,
  NumberColumnSpec,
  TextColumnSpec,
} from "./columns.ts";

/** The parts of dates, coarse ones first. */
export const DATE_PARTS: readonly DatePart[] = [
  "time",
  "year",
  "month",
  "day",
  "weekday",
  "dayOfYear",
  "hour",
];

const differing: Kind<readonly string[]> = {
  says: "a list of one text or more, none of them twice",
  fits: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === "string") &&
    new Set(value).size === value.length,
};
const scale = { mean: finite, deviation: positive };
const type: Kind<never> = oneOf("number", "category", "date", "text") as Kind<never>;
const some: Kind<never> = {
  says: "a list of one object or more",
  fits: (value) => listOf(object).fits(value) && (value as readonly unknown[]).length > 0,
};
const PART: Kinds<DateColumnSpec["parts"][number]> = { part: oneOf(...DATE_PARTS), ...scale };

interface FieldsOf {
  readonly number: Kinds<NumberColumnSpec>;
  readonly category: Kinds<CategoryColumnSpec>;
  readonly date: Kinds<DateColumnSpec>;
  readonly text: Kinds<TextColumnSpec>;
}

const FIELDS: FieldsOf = {
  number: { name: text, type, ...scale, missing: finite, indicator: flag },
  category: { name: text, type, values: differing, encoding: oneOf("oneHot", "ordinal") },
  date: { name: text, type, parts: some },
  text: { name: text, type, words: differing },
};

/**
 * @param where the function, as errors name it
 * @throws ArgumentError naming the field that is wrong, as "columns[2]: expected deviation to be a number above 0"
 */
export function expectColumns(where: string, columns: readonly ColumnSpec[]): void {
  expectArgument(where, "columns", columns, some);
  columns.forEach((column, i) => {
    const at = `${where}: columns[${i}]`;
    expectArgument(at, "type", column.type, type);
    expectAll<ColumnSpec>(at, column, FIELDS[column.type]);
    if (column.type === "date") expectParts(at, column);
  });
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new ArgumentError(
    `${where}: expected columns of different names, received two of "${twice}"`,
  );
}

function expectParts(at: string, { parts }: DateColumnSpec): void {
  parts.forEach((part, i) => {
    expectAll(`${at}: parts[${i}]`, part, PART);
  });
}

/** Every field, and no other. */
function expectAll<T extends object>(at: string, value: T, kinds: object): void {
  expectOptions<T>(at, value, kinds as Kinds<T>, Object.keys(kinds) as (keyof T & string)[]);
}
