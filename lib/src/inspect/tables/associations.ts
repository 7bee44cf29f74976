// How strongly columns go with the target, each pair of types by a measure of its own, all from 0 to 1.

import type { CategoryColumn, Table, TableColumn } from "../../data/tables/table.ts";
import { tableColumn } from "../../data/tables/table-of.ts";

/** How strongly a column goes with the target. */
export interface Association {
  readonly column: string;
  /**
   * `pearson`, from -1 to 1, between numbers (dates are numbers of milliseconds); `cramersV` between categories, less
   * what chance alone gives (Bergsma 2013); `correlationRatio` between a category and numbers, the root of epsilon
   * squared, less what chance alone gives (Kelley 1935).
   */
  readonly measure: "pearson" | "cramersV" | "correlationRatio";
  /** NaN where one of the two is the same in all rows that have both. */
  readonly strength: number;
  /** Rows that have both. */
  readonly rows: number;
}

/** All columns but text, the strongest first, those that cannot be measured last. */
export function associationsWith(table: Table, target: string): Association[] {
  const goal = tableColumn(table, target);
  const found = table.columns.flatMap((column) =>
    column === goal || column.type === "text" ? [] : (associationOf(column, goal) ?? []),
  );
  const size = ({ strength }: Association) => (Number.isNaN(strength) ? -1 : Math.abs(strength));
  return found.sort((a, b) => size(b) - size(a));
}

function associationOf(column: TableColumn, goal: TableColumn): Association | null {
  if (column.type === "text" || goal.type === "text") return null;
  const { name } = column;
  if (column.type === "category") {
    return goal.type === "category"
      ? { column: name, measure: "cramersV", ...cramersV(column, goal) }
      : { column: name, measure: "correlationRatio", ...correlationRatio(column, goal.values) };
  }
  return goal.type === "category"
    ? { column: name, measure: "correlationRatio", ...correlationRatio(goal, column.values) }
    : { column: name, measure: "pearson", ...pearson(column.values, goal.values) };
}

type Measured = Pick<Association, "strength" | "rows">;

/** Of the rows where both are finite. */
export function pearson(a: Float64Array, b: Float64Array): Measured {
  const isBoth = (row: number) => Number.isFinite(a[row]) && Number.isFinite(b[row]);
  let [rows, sumA, sumB] = [0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    if (!isBoth(row)) continue;
    rows++;
    sumA += a[row]!;
    sumB += b[row]!;
  }
  const [meanA, meanB] = [sumA / rows, sumB / rows];
  let [aa, bb, ab] = [0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    if (!isBoth(row)) continue;
    const [x, y] = [a[row]! - meanA, b[row]! - meanB];
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  return { rows, strength: ab / Math.sqrt(aa * bb) };
}

/** The root of epsilon squared: 1 - (variance within categories) / (variance), each by its degrees of freedom. */
function correlationRatio(
  { codes, values: names }: CategoryColumn,
  values: Float64Array,
): Measured {
  const [counts, sums] = [new Float64Array(names.length), new Float64Array(names.length)];
  const isBoth = (row: number) => codes[row]! >= 0 && Number.isFinite(values[row]);
  let [rows, sum] = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    if (!isBoth(row)) continue;
    counts[codes[row]!]!++;
    sums[codes[row]!]! += values[row]!;
    sum += values[row]!;
    rows++;
  }
  let [within, total] = [0, 0];
  for (let row = 0; row < codes.length; row++) {
    if (!isBoth(row)) continue;
    within += (values[row]! - sums[codes[row]!]! / counts[codes[row]!]!) ** 2;
    total += (values[row]! - sum / rows) ** 2;
  }
  const groups = counts.filter((count) => count > 0).length;
  // Where each row is a category of its own nothing is left to measure by.
  if (groups < 2 || groups >= rows || total === 0) return { rows, strength: Number.NaN };
  const epsilon = 1 - ((rows - 1) / (rows - groups)) * (within / total);
  return { rows, strength: Math.sqrt(Math.max(0, epsilon)) };
}

/** Categories with more pairs of values than this are not counted against each other. */
const MOST_CELLS = 4_000_000;

function cramersV(a: CategoryColumn, b: CategoryColumn): Measured {
  const width = b.values.length;
  if (a.values.length * width > MOST_CELLS) return { rows: 0, strength: Number.NaN };
  const cells = new Float64Array(a.values.length * width);
  const [inA, inB] = [new Float64Array(a.values.length), new Float64Array(width)];
  let rows = 0;
  for (let row = 0; row < a.codes.length; row++) {
    const [i, j] = [a.codes[row]!, b.codes[row]!];
    if (i < 0 || j < 0) continue;
    cells[i * width + j]!++;
    inA[i]!++;
    inB[j]!++;
    rows++;
  }
  const phi = cells.reduce((sum, count, at) => {
    const both = inA[Math.floor(at / width)]! * inB[at % width]!;
    return both === 0 ? sum : sum + count ** 2 / both;
  }, -1);
  const [r, k] = [inA, inB].map((counts) => counts.filter((count) => count > 0).length) as [
    number,
    number,
  ];
  const less = (size: number) => size - (size - 1) ** 2 / (rows - 1);
  const most = Math.min(less(r), less(k)) - 1;
  if (r < 2 || k < 2 || most <= 0) return { rows, strength: Number.NaN };
  const phiLess = Math.max(0, phi - ((r - 1) * (k - 1)) / (rows - 1));
  return { rows, strength: Math.min(1, Math.sqrt(phiLess / most)) };
}
