// What stands in a column, whatever type it was read as: models may read it as another.

import type { TableColumn } from "./table.ts";

/** The value in a row as text, null for a gap. */
export function textAt(column: TableColumn, row: number): string | null {
  if (column.type === "text") return column.values[row] ?? null;
  if (column.type === "category") return column.values[column.codes[row]!] ?? null;
  const value = column.values[row]!;
  if (Number.isNaN(value)) return null;
  return column.type === "number" ? String(value) : new Date(value).toISOString();
}

/** The values as numbers: NaN for a gap and for what is no number. Dates are milliseconds since 1970. */
export function cellNumbers(column: TableColumn): ArrayLike<number> {
  if (column.type === "number" || column.type === "date") return column.values;
  if (column.type === "text") return Float64Array.from(column.values, numberOf);
  const numbers = column.values.map(numberOf);
  return Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : numbers[code]!));
}

function numberOf(text: string | null): number {
  return text === null || text.trim() === "" ? Number.NaN : Number(text);
}

/** Whether any row has a value. */
export function hasValues(column: TableColumn): boolean {
  if (column.type === "text") return column.values.some((value) => value !== null);
  if (column.type === "category") return column.codes.some((code) => code >= 0);
  return column.values.some((value) => !Number.isNaN(value));
}
