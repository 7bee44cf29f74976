// The columns of a table in the terminal: a line each, numbers beside each other, and small bars.

import type { ColumnSummary, NumberSummary } from "neurite/inspect";
import { percent, plural } from "../terminal/names.ts";
import { table } from "../terminal/table.ts";
import { exact, shown } from "./told.ts";

/** Of very wide tables the first ones. */
export const MOST_COLUMNS = 40;
const MOST_VALUES = 4;
const LONGEST = 24;

/** Types, gaps and what is in each column. */
export function columnLines(columns: readonly ColumnSummary[], rows: number): string[] {
  const cells = columns
    .slice(0, MOST_COLUMNS)
    .map((column) => [
      cut(column.name),
      column.type,
      column.gaps === 0 ? "" : String(column.gaps),
      String(column.distinct),
      holds(column, rows),
    ]);
  const left = columns.length - cells.length;
  return [
    ...table(["column", "type", "gaps", "different", "what it holds"], cells, [
      "left",
      "left",
      "right",
      "right",
      "left",
    ]),
    ...(left > 0 ? [`and ${plural(left, "more column")}`] : []),
  ];
}

function holds(column: ColumnSummary, rows: number): string {
  const given = rows - column.gaps;
  if (given === 0) return "nothing";
  if (column.type === "number") {
    return `${blocks(column.histogram.counts)}  ${exact(column.min)} to ${exact(column.max)}, mean ${shown(column.mean)}`;
  }
  if (column.type === "date") {
    return `${blocks(column.histogram.counts)}  ${dayTold(column.earliest)} to ${dayTold(column.latest)}`;
  }
  const often = column.frequent
    .slice(0, MOST_VALUES)
    .map(({ value, rows: count }) => `${cut(value)} ${percent(count / given, 1)}`);
  const left = column.distinct - often.length;
  const values = [...often, ...(left > 0 && often.length > 0 ? [`${left} more`] : [])].join(", ");
  if (column.type === "category") return values || "each value once";
  return `${shown(column.meanLength)} characters on average, ${column.longest} at most`;
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

export const dayTold = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Counts as blocks of eight heights; the least of them is seen where there is one at all. */
export function blocks(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  return counts
    .map((count) => (count === 0 ? " " : "▁▂▃▄▅▆▇█"[Math.min(7, Math.floor((count / most) * 8))]))
    .join("");
}

/** Quartiles, spread, zeros and outliers of columns of numbers, in their own units. */
export function numberLines(columns: readonly ColumnSummary[]): string[] {
  const numbers = columns
    .filter((column): column is NumberSummary => column.type === "number")
    .slice(0, MOST_COLUMNS);
  if (numbers.length === 0) return [];
  return table(
    NUMBER_HEAD,
    numbers.map((column) => [cut(column.name), ...numberCells(column)]),
  );
}

export const NUMBER_HEAD: readonly string[] = [
  ...["column", "min", "quarter", "half", "3 quarters", "max", "mean", "deviation"],
  ...["zeros", "outliers"],
];

export function numberCells(column: NumberSummary): string[] {
  const { min, lowerQuartile, median, upperQuartile, max, mean, deviation } = column;
  const inner = [lowerQuartile, median, upperQuartile].map(shown);
  return [
    exact(min),
    ...inner,
    exact(max),
    shown(mean),
    shown(deviation),
    String(column.zeros),
    String(column.outliers),
  ];
}
