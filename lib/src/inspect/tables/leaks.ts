// Columns that give the target away: what will not be known when a model is asked.

import { textAt } from "../../data/tables/cell-values.ts";
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
  return table.columns.flatMap((column): Leak[] => {
    if (column === goal) return [];
    const [own, told] = [codesOf(column), codesOf(goal)];
    const { rows, kind } = mappingOf(own, told);
    if (rows < LEAST_ROWS) return [];
    if (kind !== null) return [{ column: column.name, kind, rows }];
    if (column.type === "number" && goal.type === "number") {
      const isLine = Math.abs(pearson(column.values, goal.values).strength) > LINE;
      return isLine ? [{ column: column.name, kind: "line", rows }] : [];
    }
    const isParted =
      (column.type === "number" || column.type === "date") &&
      goal.type === "category" &&
      partsClasses(column.values, goal);
    return isParted ? [{ column: column.name, kind: "parts", rows }] : [];
  });
}

/** A number for each different value, -1 for a gap. */
interface Codes {
  readonly codes: Int32Array;
  readonly count: number;
}

function codesOf(column: TableColumn): Codes {
  if (column.type === "category") return { codes: column.codes, count: column.values.length };
  const places = new Map<number | string, number>();
  const rows = column.values.length;
  const codes = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const value = column.type === "text" ? textAt(column, row) : column.values[row]!;
    if (value === null || Number.isNaN(value)) {
      codes[row] = -1;
      continue;
    }
    let place = places.get(value);
    if (place === undefined) {
      place = places.size;
      places.set(value, place);
    }
    codes[row] = place;
  }
  return { codes, count: places.size };
}

/** Whether each value stands for one target, and each target for one value. */
function mappingOf(own: Codes, told: Codes): { rows: number; kind: "copy" | "tells" | null } {
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
  // Most rows must have company: numbers that never repeat tell everything and nothing.
  const often = seen.reduce((sum, count) => (count > 1 ? sum + count : sum), 0);
  if (!isForth || targets < 2 || often < 0.9 * rows) return { rows, kind: null };
  return { rows, kind: isBack ? "copy" : "tells" };
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
