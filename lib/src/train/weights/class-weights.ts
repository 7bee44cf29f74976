// What the classes of a target weigh: by number, or so that all classes count alike.

import { finite, type Kind, notNegative, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { type Shape, sameShape } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";

/**
 * A weight for each class: a list, a record by class number in which others weigh 1, or "balanced", which is
 * examples / (classes * examples of the class), as scikit-learn has it.
 */
export type ClassWeight = readonly number[] | Readonly<Record<number, number>> | "balanced";

export const CLASS_WEIGHT: Kind<ClassWeight> = {
  says: '"balanced", or weights of 0 or more: a list, or a record by class number',
  fits: (x) =>
    x === "balanced" || (typeof x === "object" && x !== null && Object.values(x).every(isWeight)),
};

function isWeight(x: unknown): boolean {
  return finite.fits(x) && notNegative.fits(x);
}

/** The weight of every decision of a target, in the shape that classes are chosen in: [n] or [n, ...]. */
export function weightsOfClasses(
  where: string,
  given: ClassWeight,
  target: NdArray,
  output: Shape,
): { readonly shape: Shape; readonly data: Float64Array } {
  const { shape, labels, classes } = classesOf(where, target, output);
  const weights = given === "balanced" ? balanced(labels, classes) : listed(where, given, classes);
  return { shape, data: Float64Array.from(labels, (label) => weights[label]!) };
}

/** @throws ArgumentError for targets that choose no class */
function classesOf(where: string, { shape, data }: NdArray, output: Shape) {
  const width = output.at(-1) ?? 1;
  if (output.length <= 1 && width === 1) {
    const wrong = data.find((value: number) => value !== 0 && Math.abs(value) !== 1);
    if (wrong !== undefined) {
      throw new ArgumentError(
        `${where}: classWeight: expected targets that are 0 and 1 (or -1 and 1), received ${wrong}`,
      );
    }
    const labels = Int32Array.from(data, (value: number) => (value > 0.5 ? 1 : 0));
    return { shape: [shape[0]!], labels, classes: 2 };
  }
  const lead = [shape[0]!, ...output.slice(0, -1)];
  const isRows = sameShape(shape, [...lead, width]) && width > 1;
  if (!isRows && !sameShape(shape, lead) && !sameShape(shape, [...lead, 1])) {
    throw new ArgumentError(
      `${where}: classWeight: expected targets that are class numbers or one-hot, received ${show(shape)}`,
    );
  }
  if (!isRows) return { shape: lead, labels: wholeLabels(where, data, width), classes: width };
  const labels = new Int32Array(data.length / width);
  for (let i = 0; i < labels.length; i++) {
    const row = data.subarray(i * width, (i + 1) * width);
    labels[i] = row.indexOf(Math.max(...row));
  }
  return { shape: lead, labels, classes: width };
}

function wholeLabels(where: string, data: NdArray["data"], classes: number): Int32Array {
  const wrong = data.find(
    (label: number) => !(Number.isInteger(label) && label >= 0 && label < classes),
  );
  if (wrong === undefined) return Int32Array.from(data);
  throw new ArgumentError(
    `${where}: classWeight: expected targets that are class numbers from 0 to ${classes - 1}, received ${wrong}`,
  );
}

function balanced(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]! += 1;
  const met = counts.filter((count) => count > 0).length;
  return counts.map((count) => (count === 0 ? 0 : labels.length / (met * count)));
}

function listed(
  where: string,
  given: Exclude<ClassWeight, "balanced">,
  classes: number,
): readonly number[] {
  if (Array.isArray(given) && given.length !== classes) {
    throw new ArgumentError(
      `${where}: classWeight: expected ${classes} weights, one for each class, received ${given.length}`,
    );
  }
  const numbers = Object.keys(given);
  const unknown = numbers.find(
    (name) => !(Number(name) < classes && String(Number(name)) === name),
  );
  if (unknown !== undefined) {
    throw new ArgumentError(
      `${where}: classWeight: expected classes from 0 to ${classes - 1}, received a weight for class ` +
        `${show(unknown)}`,
    );
  }
  const known = given as Readonly<Record<number, number>>;
  return Array.from({ length: classes }, (_, label) => known[label] ?? 1);
}
