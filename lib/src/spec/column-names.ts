// What stands where, before and after the layer `tableFeatures`: by the names that people know columns by.

import type { ColumnSpec } from "./columns.ts";

/** Where a column stands in a row as a model reads it: in the places from `from` to before `to`. */
export interface ColumnPlace {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** How many numbers of a row are a column's. */
function widthOf(column: ColumnSpec): number {
  if (column.type === "date") return column.parts.length;
  return column.type === "text" ? column.words.length : 1;
}

/** Where each column stands in a row as `encodeColumns` writes it and `tableFeatures` reads it. */
export function columnPlaces(columns: readonly ColumnSpec[]): ColumnPlace[] {
  let to = 0;
  return columns.map((column) => {
    const from = to;
    to += widthOf(column);
    return { name: column.name, from, to };
  });
}

/**
 * The names of the features that `tableFeatures` makes of columns, in order: "age", "age missing", "city=Paris",
 * "date.month", "review:good".
 */
export function columnNames(columns: readonly ColumnSpec[]): string[] {
  return columns.flatMap(namesOf);
}

function namesOf(column: ColumnSpec): string[] {
  const { name } = column;
  if (column.type === "number") return column.indicator ? [name, `${name} missing`] : [name];
  if (column.type === "date") return column.parts.map(({ part }) => `${name}.${part}`);
  if (column.type === "text") return column.words.map((word) => `${name}:${word}`);
  return column.encoding === "ordinal" ? [name] : column.values.map((value) => `${name}=${value}`);
}
