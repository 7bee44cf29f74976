// Reads what examples weigh: sample weights, class weights and masks as one array for each output.

import { expectArgument, type Kinds } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import { type Shape, showShape, sizeOf } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";
import { type RowsOf, readRows } from "../batches/rows.ts";
import { CLASS_WEIGHT, weightsOfClasses } from "./class-weights.ts";
import { EXAMPLE_WEIGHTS, type TrainingWeights, type Weighed } from "./weights.ts";

export const TRAINING_WEIGHTS: Kinds<TrainingWeights> = {
  ...EXAMPLE_WEIGHTS,
  classWeight: CLASS_WEIGHT,
};

/** Weights at the places of one output: [n] or [n, ...]. */
interface Part {
  readonly shape: Shape;
  readonly data: ArrayLike<number>;
}

/**
 * One array for each output, of its first axes; -1 where it is masked.
 * @throws ArgumentError or ShapeError for weights that do not fit their targets, or are below 0
 */
export function weightsOfExamples(
  { sampleWeight, mask, classWeight }: TrainingWeights,
  weighed: Weighed,
): NdArray[] {
  const { where, y, outputShapes, dtype } = weighed;
  if (classWeight !== undefined) expectArgument(where, "classWeight", classWeight, CLASS_WEIGHT);
  if (classWeight !== undefined && y.length > 1) {
    throw new ArgumentError(
      `${where}: classWeight: expected a model of one output, received one of ${y.length}: ` +
        "take sampleWeight, with a list of weights for each output",
    );
  }
  const samples =
    sampleWeight === undefined ? null : partsOf("sampleWeight", sampleWeight, weighed);
  const masks = mask === undefined ? null : partsOf("mask", mask, weighed);
  return y.map((target, i) => {
    const output = outputShapes[i]!;
    const factors = samples ? [samples[i]!] : [];
    if (classWeight !== undefined) {
      factors.push(weightsOfClasses(where, classWeight, target, output));
    }
    const masked = masks?.[i];
    const parts = masked ? [...factors, masked] : factors;
    const shape = parts.reduce<Shape>(
      (most, part) => (part.shape.length > most.length ? part.shape : most),
      [target.shape[0]!],
    );
    const data = allocate(dtype, sizeOf(shape)).fill(1 as never);
    for (const factor of factors) {
      const each = data.length / factor.data.length;
      for (let at = 0; at < data.length; at++) data[at]! *= factor.data[Math.floor(at / each)]!;
    }
    if (masked) {
      const each = data.length / masked.data.length;
      for (let at = 0; at < data.length; at++) {
        if (masked.data[Math.floor(at / each)] === 0) data[at] = -1;
      }
    }
    return { dtype, shape, data };
  });
}

/** Arrays for all outputs: one array is for each of them. */
function partsOf(name: "sampleWeight" | "mask", given: RowsOf, weighed: Weighed): Part[] {
  const { where, y, outputShapes } = weighed;
  const place = `${where}: ${name}`;
  const isList =
    y.length > 1 && Array.isArray(given) && given.length === y.length && !isFlat(given);
  const count = isList ? y.length : 1;
  const read = readRows(given, { where, name, count, dtype: "float32" });
  const wrong = name === "mask" ? isNoFlag : isNoWeight;
  const wanted = name === "mask" ? "0 and 1, or true and false" : "finite numbers of 0 or more";
  return y.map((target, i) => {
    const { shape, data } = read[isList ? i : 0]!;
    const part = { shape: trimmed(shape, outputShapes[i]!), data };
    expectFirstAxes(place, part.shape, [target.shape[0]!, ...outputShapes[i]!]);
    const bad = data.find(wrong);
    if (bad !== undefined) throw new ArgumentError(`${place}: expected ${wanted}, received ${bad}`);
    return part;
  });
}

/** A list of plain numbers is one array. */
function isFlat(given: readonly unknown[]): boolean {
  return given.some((item) => typeof item === "number" || typeof item === "boolean");
}

/** [n, 1] says what [n] does. */
function trimmed(shape: Shape, output: Shape): Shape {
  const isColumn = shape.length > 1 && shape.at(-1) === 1 && shape.length > output.length;
  return isColumn ? shape.slice(0, -1) : shape;
}

/** @throws ShapeError unless weights stand for the first axes of what they weigh */
function expectFirstAxes(place: string, shape: Shape, whole: Shape): void {
  const most = Math.max(1, whole.length - 1);
  const fits = shape.length <= most && shape.every((length, axis) => length === whole[axis]);
  if (fits) return;
  const steps = most > 1 ? ` or ${showShape(whole.slice(0, most))}` : "";
  throw new ShapeError(
    `${place}: expected ${showShape(whole.slice(0, 1))}${steps}, one number for each example` +
      `${steps ? " or each of its places" : ""}, received ${showShape(shape)}`,
  );
}

function isNoWeight(value: number): boolean {
  return !(value >= 0 && value < Number.POSITIVE_INFINITY);
}

function isNoFlag(value: number): boolean {
  return value !== 0 && value !== 1;
}
