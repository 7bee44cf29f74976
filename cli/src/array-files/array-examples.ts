// Arrays as examples: rows of numbers or pictures, and labels or values beside them, checked against each other.

import type { Examples } from "neurite/data";
import type { StoredTensor } from "neurite/formats";
import type { Scale } from "neurite/spec";
import { elementCount } from "../files/element-count.ts";
import { CliError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";

type Rows = Examples["x"];

/** Inputs: bytes stay bytes, other numbers become floats. @throws CliError for numbers that are not finite */
export function inputRows(path: string, x: StoredTensor): Rows {
  const { dtype, shape, data } = x;
  if (shape.length === 0)
    throw new CliError(`${path}: expected an array of examples, received one number`);
  const full = shape.length === 1 ? [shape[0]!, 1] : shape;
  const size = elementCount(full.slice(1));
  if (size === 0)
    throw new CliError(`${path}: examples of shape [${full.slice(1)}] hold no numbers`);
  if (dtype === "uint8" || dtype === "bool") return { dtype: "uint8", shape: full, data };
  const at = data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw new CliError(
      `${path}: example ${Math.floor(at / size)} holds ${data[at]}; expected numbers`,
    );
  }
  return { dtype: "float32", shape: full, data: Float32Array.from(data) };
}

/** Pictures [n, height, width] or [n, height, width, 1 or 3]; null for other examples. */
export function shapeOfPictures({
  shape,
}: Pick<Rows, "shape">): readonly [number, number, number] | null {
  const [, height = 0, width = 0, channels = 1] = shape;
  const isPicture = (shape.length === 3 || shape.length === 4) && Math.min(height, width) > 1;
  return isPicture && (channels === 1 || channels === 3) ? [height, width, channels] : null;
}

/** @throws CliError where there are not as many targets as inputs */
export function expectAsMany(path: string, x: Rows, y: StoredTensor): void {
  const [inputs, targets] = [x.shape[0]!, y.shape[0] ?? 0];
  if (inputs === targets && inputs > 0) return;
  throw new CliError(
    `${path}: expected as many labels as examples, and some; received ${plural(inputs, "example")} and ${plural(targets, "label")}`,
  );
}

const MOST_CLASSES = 1000;

/** Names of the classes that whole numbers are, or null where y is values. One-hot rows are classes as well. */
export function classesOfArray(y: StoredTensor): string[] | null {
  const { dtype, shape, data } = y;
  const width = shape.length > 1 ? elementCount(shape.slice(1)) : 1;
  if (width > 1)
    return isOneHot(y, width) ? Array.from({ length: width }, (_, c) => String(c)) : null;
  if (dtype === "float32" || dtype === "float64") return null;
  const found = new Set<number>();
  for (const value of data) {
    found.add(value);
    if (found.size > MOST_CLASSES) return null;
  }
  const isRare = data.length > 20 && found.size > data.length / 2;
  return isRare ? null : [...found].sort((a, b) => a - b).map(String);
}

function isOneHot({ data }: StoredTensor, width: number): boolean {
  for (let row = 0; row < data.length; row += width) {
    let ones = 0;
    for (let i = 0; i < width; i++) {
      const value = data[row + i]!;
      if (value === 1) ones++;
      else if (value !== 0) return false;
    }
    if (ones !== 1) return false;
  }
  return true;
}

/** The number of the class of each example. @throws CliError for what is none of the classes */
export function labelRows(path: string, y: StoredTensor, classes: readonly string[]): Rows {
  const { shape, data } = y;
  const count = shape[0]!;
  const width = count === 0 ? 1 : data.length / count;
  const places = new Map(classes.map((name, label) => [Number(name), label]));
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const value = width > 1 ? data.subarray(row * width, (row + 1) * width).indexOf(1) : data[row]!;
    const label = places.get(value);
    if (label === undefined) {
      throw new CliError(`${path}: label ${value} of example ${row} is none of the run's classes`);
    }
    labels[row] = label;
  }
  return { dtype: "int32", shape: [count], data: labels };
}

/** Values as they are learnt. @throws CliError for what is no number */
export function valueRows(path: string, y: StoredTensor, { mean, deviation }: Scale): Rows {
  const count = y.shape[0]!;
  const at = y.data.findIndex((value) => !Number.isFinite(value));
  const width = y.data.length / Math.max(1, count);
  if (at >= 0) {
    throw new CliError(`${path}: the value of example ${Math.floor(at / width)} is ${y.data[at]}`);
  }
  const data = Float32Array.from(y.data, (value) => (value - mean) / deviation);
  return { dtype: "float32", shape: [count, width], data };
}
