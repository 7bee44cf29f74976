// Cells and rows of a table that look wrong: far numbers, text among numbers, misspelt names, broken characters.

import { cellNumbers, textAt } from "../../data/tables/cell-values.ts";
import type { Table, TableColumn } from "../../data/tables/table.ts";
import { farFences } from "./fences.ts";
import { misspeltValues } from "./misspelt.ts";
import type { ColumnSummary } from "./summary.ts";

/** A cell that looks wrong. */
export interface OddCell {
  /** Counted from 0; `table.lines` says where it stands in the file. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  /**
   * `far`: a number far from the others; `misfit`: no number in a column of numbers; `misspelt`: a rare value that is
   * nearly a frequent one, `meant`; `encoding`: characters that a wrong encoding makes.
   */
  readonly kind: "far" | "misfit" | "misspelt" | "encoding";
  /** The frequent value, of `misspelt`. */
  readonly meant?: string;
}

/** Cells that look wrong, by row, as many as are asked for. */
export interface OddCells {
  readonly count: number;
  readonly some: readonly OddCell[];
}

export function oddCells(
  table: Table,
  summaries: readonly ColumnSummary[],
  most: number,
): OddCells {
  const found = [
    ...farCells(table, summaries),
    ...table.columns.flatMap((column) => [
      ...misfitCells(column),
      ...misspeltCells(column),
      ...brokenCells(column),
    ]),
  ];
  found.sort((a, b) => a.row - b.row);
  return { count: found.length, some: found.slice(0, most) };
}

/** So many distances of the quartiles away one number is enough. */
const VERY_FAR = 20;
/** Rows that are named one by one; beyond them it is no oddity, but how a column is. */
const MOST_FAR = 0.01;

/** Numbers beyond the outer fences in several columns of a row, or very far beyond them in one. */
function farCells(table: Table, summaries: readonly ColumnSummary[]): OddCell[] {
  const times = new Uint8Array(table.rows);
  const cells: OddCell[] = [];
  const single = new Set<OddCell>();
  for (const [i, column] of table.columns.entries()) {
    const summary = summaries[i]!;
    if (column.type !== "number" || summary.type !== "number" || summary.outliers === 0) continue;
    const { name, values } = column;
    const { lowerQuartile, upperQuartile } = summary;
    const { low, high } = farFences(lowerQuartile, upperQuartile);
    const wide = farFences(lowerQuartile, upperQuartile, VERY_FAR);
    const own: OddCell[] = [];
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (!(value < low || value > high)) continue;
      const cell: OddCell = { row, column: name, value: String(value), kind: "far" };
      if (value < wide.low || value > wide.high) single.add(cell);
      own.push(cell);
    }
    // Of a long tail every hundredth row is far: that is the column's way.
    if (own.length > Math.max(3, MOST_FAR * table.rows)) continue;
    for (const cell of own) times[cell.row] = Math.min(255, times[cell.row]! + 1);
    cells.push(...own);
  }
  return cells.filter((cell) => times[cell.row]! > 1 || single.has(cell));
}

/** Which part of the values must be numbers for the others to be misfits. */
const MOSTLY = 0.9;

function misfitCells(column: TableColumn): OddCell[] {
  if (column.type !== "category" && column.type !== "text") return [];
  const numbers = cellNumbers(column);
  // Counted before they are listed: of a column of words each row would be one.
  let [given, misfits] = [0, 0];
  for (let row = 0; row < numbers.length; row++) {
    if (textAt(column, row) === null) continue;
    given++;
    if (Number.isNaN(numbers[row])) misfits++;
  }
  if (misfits > (1 - MOSTLY) * given) return [];
  return cellsWhere(column, "misfit", (_, row) => Number.isNaN(numbers[row]));
}

/** The cells of texts that are as asked for; gaps are none. */
function cellsWhere(
  column: TableColumn,
  kind: OddCell["kind"],
  fits: (value: string, row: number) => boolean,
): OddCell[] {
  const cells: OddCell[] = [];
  const rows = column.type === "category" ? column.codes.length : column.values.length;
  for (let row = 0; row < rows; row++) {
    const value = textAt(column, row);
    if (value !== null && fits(value, row)) cells.push({ row, column: column.name, value, kind });
  }
  return cells;
}

function misspeltCells(column: TableColumn): OddCell[] {
  if (column.type !== "category") return [];
  const meant = misspeltValues(column);
  if (meant.size === 0) return [];
  return cellsWhere(column, "misspelt", (value) => meant.has(value)).map((cell) => ({
    ...cell,
    meant: meant.get(cell.value)!,
  }));
}

/** What UTF-8 looks like when read as Latin-1 or Windows-1252, the sign for a lost character, control characters. */
const BROKEN = /[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac|\ufffd|(?!\s)\p{Cc}/u;

function brokenCells(column: TableColumn): OddCell[] {
  if (column.type === "text") return cellsWhere(column, "encoding", (value) => BROKEN.test(value));
  if (column.type !== "category") return [];
  const broken = new Set(column.values.filter((value) => BROKEN.test(value)));
  return broken.size === 0 ? [] : cellsWhere(column, "encoding", (value) => broken.has(value));
}
