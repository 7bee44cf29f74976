// Shares of examples that are right.

import { count } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { type Shape, showShape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { less, lessEqual, logicalAnd, logicalNot, where } from "../../tensor/comparison.ts";
import { oneHot } from "../../tensor/create.ts";
import { cast } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { sum } from "../../tensor/reduce.ts";
import { isYesOrNo } from "../targets/index.ts";
import {
  decisions,
  expectThreshold,
  isRight,
  sides,
  THRESHOLD,
  type Threshold,
} from "./classes.ts";
import { type MetricFamily, metricFamily } from "./family.ts";
import { type Counter, vector } from "./metric.ts";

const SPLIT: { readonly threshold: Threshold } = { threshold: "auto" };

/** The share of examples whose class is right. With one output, classes are split at `threshold`. */
export const accuracyMetric: MetricFamily = metricFamily({
  defaults: SPLIT,
  kinds: { threshold: THRESHOLD },
  direction: "max",
  targets: "classes",
  expectOutputs: (prediction, meaning, { threshold }) =>
    expectThreshold("accuracy", prediction, meaning, threshold),
  counter: ({ threshold }) =>
    share((target, prediction, meaning) =>
      isRight(decisions(target, prediction, threshold, meaning)),
    ),
});

/** The share of outputs, each a yes or no of its own, that are on the right side of the threshold. */
export const binaryAccuracy: MetricFamily = metricFamily({
  defaults: SPLIT,
  kinds: { threshold: THRESHOLD },
  direction: "max",
  targets: "sides",
  expectOutputs: (_, meaning, { threshold }) =>
    expectThreshold("binaryAccuracy", [], meaning, threshold),
  counter: ({ threshold }) =>
    share((target, prediction, meaning) => isRight(sides(target, prediction, threshold, meaning))),
});

/** The share of examples whose class is among the k largest outputs; ties count for the example. */
export const topKAccuracy: MetricFamily = metricFamily({
  defaults: { k: 5 },
  kinds: { k: count },
  direction: "max",
  targets: "classes",
  expectOutputs: (prediction, _, { k }) => expectAtLeast(k, prediction),
  counter: ({ k }) => share((target, prediction) => isAmong(k, target, prediction)),
});

/** The share of decisions for which `right` is true. */
function share(right: (...args: Parameters<Counter["count"]>) => Tensor): Counter {
  return {
    size: () => 2,
    count: (...args) => {
      const each = right(...args);
      // Whole numbers add up four at a time, to the same count.
      return vector(cast(sum(cast(each, "int32")), "float64"), each.size);
    },
    figure: ([hits, all]) => hits! / all!,
  };
}

function isAmong(k: number, target: Tensor, prediction: Tensor): Tensor {
  const { target: right, isMade, classes } = decisions(target, prediction, "auto", "scores");
  const rows = reshape(prediction, [right.size, classes]);
  const isOwn = cast(oneHot(right, classes), "bool");
  const own = reshape(sum(where(isOwn, rows, 0), -1), [right.size, 1]);
  const larger = sum(cast(logicalNot(lessEqual(rows, own)), "int32"), -1);
  return logicalAnd(less(larger, k), isMade);
}

function expectAtLeast(k: number, prediction: Shape): void {
  const outputs = isYesOrNo(prediction) ? 1 : prediction.at(-1)!;
  if (outputs > 1 && k <= outputs) return;
  throw new ArgumentError(
    `topKAccuracy: expected at least k = ${k} outputs${k < 2 ? ", and more than 1" : ""}, ` +
      `received predictions of shape ${showShape(prediction)}`,
  );
}
