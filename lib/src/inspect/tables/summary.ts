// What a column of a table holds, in a few numbers: range, middle, spread, frequent values, gaps.

import { textAt } from "../../data/tables/cell-values.ts";
import type { DateColumn, NumberColumn, TableColumn } from "../../data/tables/table.ts";
import { quantileOfSorted, sortedNumbers } from "../../tensor/statistics/sorted.ts";
import { type Histogram, histogramOf } from "../gradients/numbers.ts";
import { farFences } from "./fences.ts";

/** A value of a column, and in how many rows it stands. */
export interface ValueCount {
  readonly value: string;
  readonly rows: number;
}

/** What every column has. */
interface Summary {
  readonly name: string;
  /** Rows without a value. */
  readonly gaps: number;
  /** How many different values there are. */
  readonly distinct: number;
  /** The most frequent values, those of two rows or more, the most frequent first. */
  readonly frequent: readonly ValueCount[];
}

/** Of the finite numbers of a column. */
export interface NumberSummary extends Summary {
  readonly type: "number";
  readonly min: number;
  /** A quarter of the numbers is below it, by linear interpolation. */
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly max: number;
  readonly mean: number;
  /** The standard deviation of the numbers themselves: divided by their count. */
  readonly deviation: number;
  readonly zeros: number;
  /** Numbers further than three times the distance of the quartiles from the nearer one: Tukey's outer fences. */
  readonly outliers: number;
  /** Without the outliers, which would leave all others in one bar. */
  readonly histogram: Histogram;
}

/** A column of a few values that come back. */
export interface CategorySummary extends Summary {
  readonly type: "category";
}

/** In milliseconds since 1970; NaN where there is no date. */
export interface DateSummary extends Summary {
  readonly type: "date";
  readonly earliest: number;
  readonly latest: number;
  readonly histogram: Histogram;
}

/** A column of texts. */
export interface TextSummary extends Summary {
  readonly type: "text";
  /** Characters of a text on average. */
  readonly meanLength: number;
  readonly longest: number;
}

/** What a column holds, by its type. */
export type ColumnSummary = NumberSummary | CategorySummary | DateSummary | TextSummary;

export interface SummaryLimits {
  /** Frequent values to name. */
  readonly frequent: number;
  readonly bins: number;
}

export function columnSummary(column: TableColumn, limits: SummaryLimits): ColumnSummary {
  if (column.type === "number") return numberSummary(column, limits);
  if (column.type === "date") return dateSummary(column, limits);
  return column.type === "category"
    ? { name: column.name, type: "category", ...categoryCounts(column, limits) }
    : textSummary(column, limits);
}

function numberSummary({ name, values }: NumberColumn, limits: SummaryLimits): NumberSummary {
  const sorted = sortedNumbers(values);
  // Views of what is sorted: of a million rows each copy is 8 MB.
  const finite = between(sorted, -Number.MAX_VALUE, Number.MAX_VALUE);
  const mean = finite.reduce((sum, x) => sum + x / finite.length, 0);
  const squares = finite.reduce((sum, x) => sum + (x - mean) ** 2 / finite.length, 0);
  const at = (share: number) => quantileOfSorted(finite, share);
  const { low, high } = farFences(at(0.25), at(0.75));
  const inner = between(finite, low, high);
  return {
    ...{ name, type: "number", gaps: values.length - sorted.length },
    ...sortedCounts(sorted, limits.frequent, String),
    ...{
      min: at(0),
      lowerQuartile: at(0.25),
      median: at(0.5),
      upperQuartile: at(0.75),
      max: at(1),
    },
    mean: finite.length === 0 ? Number.NaN : mean,
    deviation: finite.length === 0 ? Number.NaN : Math.sqrt(squares),
    zeros: between(finite, 0, 0).length,
    outliers: finite.length - inner.length,
    histogram: histogramOf(inner, { bins: limits.bins }),
  };
}

/** Those from `low` to `high`, both included. @param sorted from the smallest on */
function between(sorted: Float64Array, low: number, high: number): Float64Array {
  const start = sorted.findIndex((x) => x >= low);
  return start < 0
    ? sorted.subarray(0, 0)
    : sorted.subarray(start, sorted.findLastIndex((x) => x <= high) + 1);
}

function dateSummary({ name, values }: DateColumn, limits: SummaryLimits): DateSummary {
  const sorted = sortedNumbers(values);
  return {
    ...{ name, type: "date", gaps: values.length - sorted.length },
    ...sortedCounts(sorted, limits.frequent, dayOf),
    earliest: sorted[0] ?? Number.NaN,
    latest: sorted.at(-1) ?? Number.NaN,
    histogram: histogramOf(sorted, { bins: limits.bins }),
  };
}

/** A point in time as text: the day alone where it is midnight. */
export function dayOf(ms: number): string {
  const text = new Date(ms).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}

/** Runs of equal numbers. @param sorted from the smallest on */
function sortedCounts(sorted: Float64Array, most: number, show: (value: number) => string) {
  const found: { value: number; rows: number }[] = [];
  let distinct = 0;
  for (let start = 0; start < sorted.length; distinct++) {
    const value = sorted[start]!;
    let end = start + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    const rows = end - start;
    if (rows > 1 && (found.length < most || rows > found.at(-1)!.rows)) {
      found.push({ value, rows });
      found.sort((a, b) => b.rows - a.rows);
      if (found.length > most) found.pop();
    }
    start = end;
  }
  return { distinct, frequent: found.map(({ value, rows }) => ({ value: show(value), rows })) };
}

function categoryCounts(
  { codes, values }: TableColumn & { type: "category" },
  { frequent }: SummaryLimits,
) {
  const counts = new Int32Array(values.length);
  let gaps = 0;
  for (const code of codes) {
    if (code < 0) gaps++;
    else counts[code]!++;
  }
  const seen = values
    .map((value, i) => ({ value, rows: counts[i]! }))
    .filter(({ rows }) => rows > 0);
  return { gaps, distinct: seen.length, frequent: mostFrequent(seen, frequent) };
}

function mostFrequent(counts: readonly ValueCount[], most: number): ValueCount[] {
  return counts
    .filter(({ rows }) => rows > 1)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, most);
}

function textSummary(column: TableColumn & { type: "text" }, limits: SummaryLimits): TextSummary {
  const counts = new Map<string, number>();
  let [gaps, characters, longest] = [0, 0, 0];
  for (let row = 0; row < column.values.length; row++) {
    const text = textAt(column, row);
    if (text === null) {
      gaps++;
      continue;
    }
    counts.set(text, (counts.get(text) ?? 0) + 1);
    characters += text.length;
    longest = Math.max(longest, text.length);
  }
  const all = [...counts].map(([value, rows]) => ({ value, rows }));
  return {
    ...{ name: column.name, type: "text", gaps, distinct: counts.size, longest },
    frequent: mostFrequent(all, limits.frequent),
    meanLength: characters / Math.max(1, column.values.length - gaps),
  };
}
