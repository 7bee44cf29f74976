// Shares of examples that are right.

import { ArgumentError } from "../../ir/errors.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { classesOf, expectLike, type Family, family } from "./metric.ts";

/** The share of examples whose class is right. With one output, classes are split at `threshold`. */
export const accuracy: Family = family({ threshold: 0.5 }, (target, prediction, { threshold }) => {
  const { target: right, predicted } = classesOf(target, prediction, threshold);
  return share(predicted, (c, i) => c === right[i]);
});

/** The share of outputs, each a yes or no of its own, that are on the right side of the threshold. */
export const binaryAccuracy: Family = family(
  { threshold: 0.5 },
  (target, prediction, { threshold }) => {
    expectLike(target, prediction);
    const right = target.data;
    return share([...prediction.data], (p, i) => (p > threshold ? 1 : 0) === right[i]);
  },
);

/** The share of examples whose class is among the k largest outputs; ties count for the example. */
export const topKAccuracy: Family = family({ k: 5 }, (target, prediction, { k }) => {
  const { target: right, count } = classesOf(target, prediction);
  if (!(Number.isInteger(k) && k > 0)) {
    throw new ArgumentError(`topKAccuracy: expected k to be a whole number above 0, received ${k}`);
  }
  return share(right, (c, row) => rank(prediction, row * count, count, c) < k);
});

/** How many outputs of a row are larger than the one for class c. */
function rank(prediction: Tensor, start: number, count: number, c: number): number {
  const row = Array.from(prediction.data.subarray(start, start + count));
  return row.filter((p) => !(p <= row[c]!)).length;
}

function share<T>(list: readonly T[], isRight: (item: T, i: number) => boolean): number {
  return list.filter(isRight).length / list.length;
}
