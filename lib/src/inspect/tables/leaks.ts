// Columns that give the target away: what will not be known when a model is asked.

import type { CategoryColumn, Table, TableColumn } from "../../data/tables/table.ts";
import { tableColumn } from "../../data/tables/table-of.ts";
import { pearson } from "./associations.ts";

/** A column that gives the target away. */
export interface Leak {
  readonly column: string;
  /**
   * `copy`: the target by other names; `tells`: rows with the same value always have the same target, and most values
   * come often; `line`: the target times a number, plus a number; `parts`: limits between its numbers part the classes.
   */
  readonly kind: "copy" | "tells" | "line" | "parts";
  /** Rows that have both. */
  readonly rows: number;
}

/** In fewer rows than this chance does as much. */
const LEAST_ROWS = 10;
/** How alike to a line numbers must be: 1 less rounding. */
const LINE = 0.99999;

export function leaksOf(table: Table, target: string): Leak[] {
  const goal = tableColumn(table, target);
  const told = codesOf(goal);
  return table.columns.flatMap((column): Leak[] => {
    if (column === goal) return [];
    const own = told === null ? null : codesOf(column);
    const mapping = own && told ? mappingOf(own, told) : null;
    const kind = mapping?.kind ?? numbersKind(column, goal);
    const rows = kind === null ? 0 : rowsOfBoth(column, goal);
    return kind !== null && rows >= LEAST_ROWS ? [{ column: column.name, kind, rows }] : [];
  });
}

/** What numbers are to the target. */
function numbersKind(column: TableColumn, goal: TableColumn): Leak["kind"] | null {
  if (column.type !== "number" && column.type !== "date") return null;
  if (goal.type === "category") return partsClasses(column.values, goal) ? "parts" : null;
  if (column.type !== "number" || goal.type !== "number") return null;
  return Math.abs(pearson(column.values, goal.values).strength) > LINE ? "line" : null;
}

function rowsOfBoth(a: TableColumn, b: TableColumn): number {
  const [inA, inB] = [isGap(a), isGap(b)];
  let rows = 0;
  for (let row = 0; row < lengthOf(a); row++) if (!inA(row) && !inB(row)) rows++;
  return rows;
}

const lengthOf = (column: TableColumn): number =>
  column.type === "category" ? column.codes.length : column.values.length;

function isGap(column: TableColumn): (row: number) => boolean {
  if (column.type === "category") return (row) => column.codes[row]! < 0;
  if (column.type === "text") return (row) => column.values[row] === null;
  return (row) => Number.isNaN(column.values[row]);
}

/** Of so many rows each must have company: numbers that never repeat tell everything and nothing. */
const OFTEN = 0.9;

/** A number for each different value, -1 for a gap. */
interface Codes {
  readonly codes: Int32Array;
  readonly count: number;
}

/** @returns null where there are too many values for most rows to have company: 9 of 10 in pairs, 1 alone */
function codesOf(column: TableColumn): Codes | null {
  if (column.type === "category") return { codes: column.codes, count: column.values.length };
  const places = new Map<number | string, number>();
  const rows = column.values.length;
  const most = rows * (OFTEN / 2 + 1 - OFTEN) + 1;
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = column.values[row]!;
    if (value === null || Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let place = places.get(value);
    if (place === undefined) {
      place = places.size;
      if (place >= most) return null;
      places.set(value, place);
    }
    codes[row] = place;
  }
  return { codes, count: places.size };
}

/** Whether each value stands for one target, and each target for one value. */
function mappingOf(own: Codes, told: Codes): { kind: "copy" | "tells" | null } {
  const [forth, back] = [new Int32Array(own.count).fill(-1), new Int32Array(told.count).fill(-1)];
  const seen = new Int32Array(own.count);
  let [rows, isForth, isBack] = [0, true, true];
  for (let row = 0; row < own.codes.length; row++) {
    const [i, j] = [own.codes[row]!, told.codes[row]!];
    if (i < 0 || j < 0) continue;
    rows++;
    seen[i]!++;
    if (forth[i] === -1) forth[i] = j;
    else if (forth[i] !== j) isForth = false;
    if (back[j] === -1) back[j] = i;
    else if (back[j] !== i) isBack = false;
  }
  const targets = back.filter((value) => value >= 0).length;
  const often = seen.reduce((sum, count) => (count > 1 ? sum + count : sum), 0);
  if (!isForth || targets < 2 || often < OFTEN * rows) return { kind: null };
  return { kind: isBack ? "copy" : "tells" };
}

/** Whether the ranges of the classes are apart: a number as good as the class. */
function partsClasses(values: Float64Array, { codes, values: classes }: CategoryColumn): boolean {
  const ranges = classes.map(() => ({ low: Infinity, high: -Infinity, rows: 0 }));
  for (let row = 0; row < codes.length; row++) {
    const range = ranges[codes[row]!];
    const value = values[row]!;
    if (!range || Number.isNaN(value)) continue;
    range.low = Math.min(range.low, value);
    range.high = Math.max(range.high, value);
    range.rows++;
  }
  const found = ranges.filter(({ rows }) => rows > 0).sort((a, b) => a.low - b.low);
  if (found.length < 2 || found.some(({ rows }) => rows < 3)) return false;
  return found.every(({ low }, i) => i === 0 || low > found[i - 1]!.high);
}
