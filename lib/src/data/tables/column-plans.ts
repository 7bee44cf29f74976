// What is made of one column of a table, measured over all its rows: the numbers, or why it is left out.

import type {
  CategoryColumnSpec,
  ColumnSpec,
  DateColumnSpec,
  DatePart,
  NumberColumnSpec,
  Scale,
  TextColumnSpec,
} from "../../spec/columns.ts";
import { quantileOfSorted, sortedNumbers } from "../../tensor/statistics/sorted.ts";
import { textAt } from "./cell-values.ts";
import { datePart } from "./date-parts.ts";
import type { CategoryColumn, DateColumn, NumberColumn, Table, TableColumn } from "./table.ts";
import { textVocabulary, wordsOf } from "./words.ts";

/** How columns are judged. */
export interface PlanLimits {
  readonly maxCategories: number;
  readonly maxWords: number;
  readonly dateParts: readonly DatePart[];
  /** Told to be read: not left out for looking like a name or a number of rows. */
  readonly isKept: boolean;
  /** The values of a category in their order, if they have one. */
  readonly order: readonly string[] | undefined;
}

/** What is made of a column, null for nothing; said in words. */
export interface Planned {
  readonly column: ColumnSpec | null;
  /** As "scaled: mean 29.7, deviation 14.5; 177 gaps become the median 28 and are marked". */
  readonly done: string;
}

const leftOut = (why: string): Planned => ({ column: null, done: `left out: ${why}` });
const shown = (x: number) => String(Number(x.toPrecision(4)));

export function planColumn(given: TableColumn, table: Table, limits: PlanLimits): Planned {
  if (given.type === "number") return planNumber(given, table, limits);
  if (given.type === "date") return planDate(given, limits);
  if (given.type === "category") return planCategory(given, limits);
  return planText(given, limits);
}

/** @returns null where no number is finite, or they are too large to be added */
function scaleOf(
  values: ArrayLike<number>,
): (Scale & { readonly gaps: number; readonly range: number }) | null {
  let [sum, count, low, high] = [0, 0, Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (!Number.isFinite(x)) continue;
    sum += x;
    count++;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  const mean = low === high ? low : sum / count;
  if (count === 0 || !Number.isFinite(mean)) return null;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) squares += (values[i]! - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / count) || 1;
  if (!Number.isFinite(deviation)) return null;
  return { mean, deviation, gaps: values.length - count, range: high - low };
}

const TOO_LARGE = "its numbers are too large to be added up";

function planNumber({ name, values }: NumberColumn, table: Table, limits: PlanLimits): Planned {
  const scale = scaleOf(values);
  if (!scale) return leftOut(values.some(Number.isFinite) ? TOO_LARGE : "it has no number");
  const { mean, deviation, gaps, range } = scale;
  if (range === 0 && gaps === 0) return leftOut(`it is ${shown(mean)} in all rows`);
  if (!limits.isKept && numbersRows(values, table.lines, range))
    return leftOut("it numbers the rows");
  const missing = medianOf(values);
  const column: NumberColumnSpec = {
    ...{ name, type: "number", mean, deviation, missing },
    indicator: gaps > 0,
  };
  const filled = `; ${gaps === 1 ? "1 gap becomes" : `${gaps} gaps become`} the median ${shown(missing)} and ${gaps === 1 ? "is" : "are"} marked`;
  const fine = deviation < Math.abs(mean) * 1e-6 ? "; told apart by a model of float64 only" : "";
  return {
    column,
    done: `scaled: mean ${shown(mean)}, deviation ${shown(deviation)}${gaps > 0 ? filled : ""}${fine}`,
  };
}

/** Of the finite ones. */
function medianOf(values: Float64Array): number {
  const sorted = sortedNumbers(values);
  const isInner = (x: number) => Math.abs(x) !== Infinity;
  const end = sorted.findLastIndex(isInner) + 1;
  return quantileOfSorted(sorted.subarray(sorted.findIndex(isInner), end), 0.5);
}

/** From how many rows on a column that never repeats says nothing. */
const MANY_ROWS = 10;

/** Whole numbers that rise from row to row, hardly leaving one out: what an export counts its rows by. */
function numbersRows(values: Float64Array, lines: Int32Array, range: number): boolean {
  const { length } = values;
  if (length < MANY_ROWS || range < length - 1 || range >= 2 * length) return false;
  if (!values.every(Number.isInteger)) return false;
  const rows = Array.from(values.keys()).sort((a, b) => lines[a]! - lines[b]!);
  return rows.every((row, i) => i === 0 || values[row]! > values[rows[i - 1]!]!);
}

function planDate({ name, values }: DateColumn, { dateParts }: PlanLimits): Planned {
  const gaps = values.filter((ms) => Number.isNaN(ms)).length;
  if (gaps === values.length) return leftOut("it has no date");
  const parts = dateParts.flatMap((part): DateColumnSpec["parts"][number][] => {
    const { mean, deviation, range } = scaleOf(datePart(values, part))!;
    return range === 0 ? [] : [{ part, mean, deviation }];
  });
  if (parts.length === 0) return leftOut("it is the same in all rows");
  const filled =
    gaps > 0 ? `; ${gaps} ${gaps === 1 ? "gap becomes" : "gaps become"} their mean` : "";
  return {
    column: { name, type: "date", parts },
    done: `${parts.map(({ part }) => part).join(", ")}, scaled${filled}`,
  };
}

function planCategory(given: CategoryColumn, limits: PlanLimits): Planned {
  const { name, codes, values } = given;
  const counts = new Int32Array(values.length);
  let gaps = 0;
  for (const code of codes) {
    if (code < 0) gaps++;
    else counts[code]!++;
  }
  const seen = values.filter((_, code) => counts[code]! > 0);
  const rows = codes.length - gaps;
  if (rows === 0) return leftOut("it has no value");
  if (seen.length === 1 && gaps === 0) return leftOut(`it is "${seen[0]}" in all rows`);
  if (limits.order) return categories(name, limits.order, gaps, "ordinal");
  if (isNamelike(seen.length, rows) && !limits.isKept) return planText(given, limits);
  if (seen.length <= limits.maxCategories) return categories(name, seen, gaps, "oneHot");
  const countOf = new Map(values.map((value, code) => [value, counts[code]!]));
  const kept = new Set(
    [...seen].sort((a, b) => countOf.get(b)! - countOf.get(a)!).slice(0, limits.maxCategories),
  );
  const planned = categories(
    name,
    seen.filter((value) => kept.has(value)),
    gaps,
    "oneHot",
  );
  return {
    ...planned,
    done: `${planned.done}; the most frequent of ${seen.length}, the others are all zeros`,
  };
}

/** Hardly a value comes twice. */
function isNamelike(different: number, rows: number): boolean {
  if (different === rows) return rows >= MANY_ROWS;
  return different > 2 * MANY_ROWS && different > rows / 2;
}

function categories(
  name: string,
  values: readonly string[],
  gaps: number,
  encoding: CategoryColumnSpec["encoding"],
): Planned {
  const filled = gaps > 0 ? `; ${gaps} ${gaps === 1 ? "gap is" : "gaps are"} all zeros` : "";
  const how = encoding === "oneHot" ? "one-hot" : "places in their order";
  const noun = values.length === 1 ? "value" : "values";
  return {
    column: { name, type: "category", values, encoding },
    done: `${how}: ${values.length} ${noun}${filled}`,
  };
}

/** Text, or names of rows: values of one word that hardly repeat say nothing of other rows. */
function planText(given: TableColumn, { maxWords, isKept }: PlanLimits): Planned {
  const length = (given.type === "category" ? given.codes : (given as TextLike).values).length;
  const texts = Array.from({ length }, (_, row) => textAt(given, row));
  const some = texts.filter((text) => text !== null);
  if (some.length === 0) return leftOut("it has no text");
  const words = some.reduce((sum, text) => sum + wordsOf(text).length, 0) / some.length;
  if (words < 1.5 && !isKept) {
    const different = new Set(some).size;
    return leftOut(
      `${different} different values in ${some.length} rows name rows, they are no feature`,
    );
  }
  const vocabulary = textVocabulary(texts, { most: maxWords, leastTexts: 2 });
  if (vocabulary.length === 0) return leftOut("no word of its text comes twice");
  const column: TextColumnSpec = { name: given.name, type: "text", words: vocabulary };
  return { column, done: `counts of ${vocabulary.length} words` };
}

interface TextLike {
  readonly values: ArrayLike<unknown>;
}
