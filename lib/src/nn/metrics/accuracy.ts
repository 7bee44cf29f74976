// Shares of examples that are right.

import { ArgumentError } from "../../ir/errors.ts";
import { sameShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { cast, div, equal, greater } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { argmax, sum } from "../../tensor/reduce.ts";
import {
  classesOf,
  expectLike,
  expectSize,
  type Family,
  family,
  isYesOrNo,
  tracedFamily,
} from "./metric.ts";

/** The share of examples whose class is right. With one output, classes are split at `threshold`. */
export const accuracy: Family = tracedFamily({ threshold: 0.5 }, (target, prediction, config) => {
  if (isYesOrNo(prediction)) {
    expectSize(target, prediction, prediction.size);
    return shareOnSide(target, prediction, config.threshold);
  }
  const predicted = argmax(prediction, -1);
  const isOneHot = sameShape(target.shape, prediction.shape);
  if (!isOneHot) expectSize(target, prediction, predicted.size);
  const right: Tensor = isOneHot ? argmax(target, -1) : target;
  return share(equal(double(right), double(reshape(predicted, right.shape))));
});

/** The share of outputs, each a yes or no of its own, that are on the right side of the threshold. */
export const binaryAccuracy: Family = tracedFamily(
  { threshold: 0.5 },
  (target, prediction, { threshold }) => {
    expectLike(target, prediction);
    return shareOnSide(target, prediction, threshold);
  },
);

function shareOnSide(target: Tensor, prediction: Tensor, threshold: number): Tensor {
  const above = greater(double(prediction), threshold);
  return share(equal(double(above), double(reshape(target, prediction.shape))));
}

/** In double precision numbers compare as they do in JavaScript. */
function double(x: Tensor): Tensor {
  return cast(x, "float64");
}

function share(isRight: Tensor): Tensor {
  return div(sum(double(isRight)), isRight.size);
}

/** The share of examples whose class is among the k largest outputs; ties count for the example. */
export const topKAccuracy: Family = family({ k: 5 }, (target, prediction, { k }) => {
  const { target: right, count } = classesOf(target, prediction);
  if (!(Number.isInteger(k) && k > 0)) {
    throw new ArgumentError(`topKAccuracy: expected k to be a whole number above 0, received ${k}`);
  }
  const among = right.filter((c, row) => rank(prediction, row * count, count, c) < k);
  return among.length / right.length;
});

/** How many outputs of a row are larger than the one for class c. */
function rank(prediction: Tensor, start: number, count: number, c: number): number {
  const row = Array.from(prediction.data.subarray(start, start + count));
  return row.filter((p) => !(p <= row[c]!)).length;
}
