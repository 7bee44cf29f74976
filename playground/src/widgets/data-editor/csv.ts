// Tables out of text: what stands between commas, semicolons or tabs, and examples out of its columns.

import { dsvFormat } from "d3-dsv";
import type { OwnPoint } from "../../state/index.ts";

/** What is read of a file, in characters: more is cut off behind a line. */
export const MOST_TEXT = 4_000_000;
/** Examples that a page trains on; more are left out, evenly. */
export const MOST_ROWS = 5000;
export const MOST_INPUTS = 16;
export const MOST_CLASSES = 10;

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The text went on behind what was read. */
  readonly isCut: boolean;
}

/** The table in a text; null where no line has two cells. */
export function tableOf(text: string): Table | null {
  const isCut = text.length > MOST_TEXT;
  const head = text.slice(0, MOST_TEXT);
  const whole = (isCut ? head.slice(0, head.lastIndexOf("\n")) : head).replace(/^\uFEFF/, "");
  const all = dsvFormat(separatorOf(whole))
    .parseRows(whole)
    .map((row) => row.map((cell) => cell.trim()))
    .filter((row) => row.some((cell) => cell !== ""));
  const [first] = all;
  if (!first || first.length < 2) return null;
  // A heading has no numbers in it.
  const hasHeading = first.every((cell) => numberOf(cell) === null);
  const names = first.map((cell, i) => (hasHeading && cell !== "" ? cell : `x${i + 1}`));
  return { columns: distinct(names), rows: hasHeading ? all.slice(1) : all, isCut };
}

/** The separator that the first line has most of. */
function separatorOf(text: string): string {
  const [line = ""] = text.split("\n", 1);
  const count = (sign: string) => line.split(sign).length;
  return [",", "\t", ";"].reduce((best, sign) => (count(sign) >= count(best) ? sign : best));
}

/** With a comma or a point. */
export function numberOf(cell: string): number | null {
  const plain = cell.replace("−", "-").replace(/^(-?\d*),(\d+)$/, "$1.$2");
  const value = plain === "" ? Number.NaN : Number(plain);
  return Number.isFinite(value) ? value : null;
}

function distinct(names: readonly string[]): string[] {
  return names.map((name, i) => (names.indexOf(name) === i ? name : `${name}_${i + 1}`));
}

/** Names as expressions can say them: letters, digits and _. */
export function inputNames(names: readonly string[]): string[] {
  const plain = names.map((name) => {
    const letters = name.replaceAll(/[^\p{L}\p{Nd}_]+/gu, "_").replace(/^_+|_+$/g, "");
    return /^\p{L}/u.test(letters) && letters.length <= 40 ? letters : `x_${letters}`.slice(0, 40);
  });
  return distinct(plain);
}

/** Which columns are what. */
export interface ColumnChoice {
  readonly inputs: readonly number[];
  readonly target: number;
  /** Targets are names or numbers of classes, not values. */
  readonly isClasses: boolean;
  /** Inputs are moved to mean 0 and stretched to variance 1. */
  readonly isScaled: boolean;
}

/**
 * What a table offers at first: the last column is the target, of classes where it has words or few different
 * cells; inputs are the columns that have numbers, a few gaps apart.
 */
export function choiceFor({ columns, rows }: Table): ColumnChoice {
  const target = columns.length - 1;
  const first = rows.slice(0, 50);
  const isNumber = (column: number) => {
    const numbers = first.filter((row) => numberOf(row[column] ?? "") !== null);
    return numbers.length > 0 && 2 * numbers.length >= first.length;
  };
  const inputs = columns.map((_, i) => i).filter((i) => i !== target && isNumber(i));
  const cells = new Set(rows.map((row) => row[target] ?? ""));
  return {
    inputs: inputs.slice(0, MOST_INPUTS),
    target,
    isClasses: cells.size <= MOST_CLASSES || !isNumber(target),
    isScaled: inputs.some((i) => rows.some((row) => Math.abs(numberOf(row[i] ?? "") ?? 0) > 20)),
  };
}

export interface Imported {
  readonly names: readonly string[];
  readonly classes: number | null;
  /** Cells of the target column, in the order of their class numbers; empty for values. */
  readonly classNames: readonly string[];
  readonly points: readonly OwnPoint[];
  /** Rows without a number where one is needed. */
  readonly unread: number;
  /** Rows of more cells than there are columns: what stands where is not known of them. */
  readonly ragged: number;
  /** Rows beyond those that a page takes. */
  readonly leftOut: number;
}

/** Why a choice gives no examples. */
export type ImportFault = "noInput" | "fewRows" | "ragged" | "oneClass" | "manyClasses";

export function importOf(table: Table, choice: ColumnChoice): Imported | ImportFault {
  const { inputs, target, isClasses } = choice;
  if (inputs.length === 0) return "noInput";
  const whole = table.rows.filter((row) => fits(row, table.columns.length));
  const read = whole.flatMap((row) => {
    const x = inputs.map((i) => numberOf(row[i] ?? ""));
    const cell = row[target] ?? "";
    const y = isClasses ? 0 : numberOf(cell);
    const isWhole = y !== null && cell !== "" && x.every((value) => value !== null);
    return isWhole ? [{ x: x as number[], y, cell }] : [];
  });
  const kept = evenly(read, MOST_ROWS);
  if (kept.length < 2) return whole.length < table.rows.length ? "ragged" : "fewRows";
  const classNames = isClasses ? sortedCells(kept.map(({ cell }) => cell)) : [];
  if (isClasses && classNames.length < 2) return "oneClass";
  if (classNames.length > MOST_CLASSES) return "manyClasses";
  const points = kept.map(({ x, y, cell }) => ({
    x,
    y: isClasses ? classNames.indexOf(cell) : y,
  }));
  return {
    names: inputNames(inputs.map((i) => table.columns[i]!)),
    classes: isClasses ? classNames.length : null,
    classNames,
    points: choice.isScaled ? scaled(points) : points,
    unread: whole.length - read.length,
    ragged: table.rows.length - whole.length,
    leftOut: read.length - kept.length,
  };
}

/** Separators behind the last cell are no cells. */
function fits(row: readonly string[], width: number): boolean {
  return row.slice(width).every((cell) => cell === "");
}

function sortedCells(cells: readonly string[]): string[] {
  const different = [...new Set(cells)];
  const areNumbers = different.every((cell) => numberOf(cell) !== null);
  return areNumbers
    ? different.sort((a, b) => numberOf(a)! - numberOf(b)!)
    : different.sort((a, b) => a.localeCompare(b, "en"));
}

/** So many of a list, at even distances. */
function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]!);
}

/** Each input minus its mean, through its standard deviation: six digits are enough. */
function scaled(points: readonly OwnPoint[]): OwnPoint[] {
  const count = points.length;
  const sizes = points[0]!.x.map((_, i) => {
    const mean = points.reduce((sum, { x }) => sum + x[i]!, 0) / count;
    const variance = points.reduce((sum, { x }) => sum + (x[i]! - mean) ** 2, 0) / count;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  return points.map(({ x, y }) => ({
    x: x.map((v, i) => Number(((v - sizes[i]!.mean) / sizes[i]!.deviation).toPrecision(6))),
    y,
  }));
}
