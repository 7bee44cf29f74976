// Targets that are right or wrong number by number: probabilities, labels, signs.

import { ArgumentError } from "../../checks/errors.ts";
import type { Shape } from "../../ir/shape.ts";

/** Numbers in a shape whose first axis is the examples. */
export interface TargetRows {
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}

export interface CheckedTargets {
  /** The function that was given the targets, and the loss or metric that takes them. */
  readonly where: string;
  readonly by: string | null;
  readonly rows: TargetRows;
  /** How many outputs, or classes, there are. */
  readonly width: number;
}

/** @throws ArgumentError for targets that mean nothing */
export type Check = (checked: CheckedTargets) => void;

export const expectProbabilities: Check = (checked) => {
  const { data } = checked.rows;
  const at = findIndex(data, (value) => !(value >= 0 && value <= 1));
  if (at < 0) return;
  const hint = isNumbering(data)
    ? "; for class numbers take sparseCategoricalCrossentropy, with one output for each class"
    : "";
  throw refusal(checked, "targets from 0 to 1", at, hint);
};

export const expectLabels: Check = (checked) => {
  const { rows, width } = checked;
  const at = findIndex(
    rows.data,
    (label) => !(label >= 0 && label < width && Number.isInteger(label)),
  );
  if (at < 0) return;
  const hint = countsFromOne(rows.data, width)
    ? "; labels count from 0, and these seem to count from 1: subtract 1"
    : "";
  throw refusal(checked, `labels from 0 to ${width - 1} for ${width} classes`, at, hint);
};

/** Zeros stand for -1, but not beside it: three values are no signs. */
export const expectSigns: Check = (checked) => {
  const { data } = checked.rows;
  const low = includes(data, -1) ? -1 : 0;
  const at = findIndex(data, (value) => value !== 1 && value !== low);
  if (at < 0) return;
  throw refusal(checked, "targets of -1 and 1, or of 0 and 1", at, besides(data[at]!, low));
};

/** One half says neither yes nor no. */
export const expectSides: Check = (checked) => {
  const { data } = checked.rows;
  if (includes(data, -1)) return expectSigns(checked);
  const at = findIndex(data, (value) => !(value >= 0 && value <= 1 && value !== 0.5));
  if (at < 0) return;
  const hint = isNumbering(data) ? "; class numbers need one output for each class" : "";
  throw refusal(checked, "targets of 0 and 1, or of -1 and 1", at, hint);
};

function besides(value: number, low: number): string {
  return value === 0 && low === -1 ? ", and -1 elsewhere" : "";
}

/**
 * @param at the place of what is wrong among the numbers
 * @param received in place of that number
 */
export function refusal(
  { where, by, rows: { shape, data } }: CheckedTargets,
  expected: string,
  at: number,
  hint = "",
  received: string = String(data[at]),
): ArgumentError {
  const size = shape.slice(1).reduce((product, dim) => product * dim, 1);
  return new ArgumentError(
    `${by === null ? where : `${where}: ${by}`}: expected ${expected}, ` +
      `received ${received} for example ${Math.floor(at / size)}${hint}`,
  );
}

// A loop by hand: typed arrays of several kinds pass here, some with many millions of numbers.
function findIndex(data: ArrayLike<number>, isWrong: (value: number) => boolean): number {
  for (let i = 0; i < data.length; i++) if (isWrong(data[i]!)) return i;
  return -1;
}

function includes(data: ArrayLike<number>, wanted: number): boolean {
  return findIndex(data, (value) => value === wanted) >= 0;
}

/** Whole numbers of 0 or more, one of them above 1: as classes are numbered. */
function isNumbering(data: ArrayLike<number>): boolean {
  return (
    findIndex(data, (value) => !(Number.isInteger(value) && value >= 0)) < 0 &&
    findIndex(data, (value) => value > 1) >= 0
  );
}

/** Whole numbers from 1 to the number of classes, both among them. */
function countsFromOne(data: ArrayLike<number>, classes: number): boolean {
  const isOutside = (label: number) => !(Number.isInteger(label) && label >= 1 && label <= classes);
  return findIndex(data, isOutside) < 0 && includes(data, classes);
}
