// The area under the ROC curve and under that of precision over recall, exact: of all examples at once.

import { oneOf } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { decisions } from "./classes.ts";
import { type MetricFamily, metricFamily } from "./family.ts";
import type { Meaning } from "./metric.ts";

/**
 * "roc": the chance that a positive example has a larger output than a negative one, ties counting half (Hanley
 * and McNeil 1982). "pr": the mean precision over recall, sum (R_n - R_n-1) P_n, as scikit-learn's
 * average_precision_score. Of several classes the mean over those that occur, each against the rest. NaN where
 * there are examples of one side alone.
 */
export const auc: MetricFamily = metricFamily({
  defaults: { curve: "roc" },
  kinds: { curve: oneOf("roc", "pr") },
  direction: "max",
  targets: "classes",
  compute:
    ({ curve }) =>
    (target, prediction, meaning) => {
      const areas = columnsOf(target, prediction, meaning).map(({ scores, isPositive }) =>
        area(curve, scores, isPositive),
      );
      const known = areas.filter((value) => !Number.isNaN(value));
      return known.reduce((total, value) => total + value, 0) / known.length;
    },
});

interface Column {
  readonly scores: ArrayLike<number>;
  readonly isPositive: (row: number) => boolean;
}

/** Each class against the rest; of one output only the yes. */
function columnsOf(target: Tensor, prediction: Tensor, meaning: Meaning): Column[] {
  const made = decisions(target, prediction, 0.5, meaning);
  const right = made.target.data;
  const { data } = prediction;
  const width = data.length / right.length;
  if (width === 1) return [{ scores: data, isPositive: (row) => right[row] === 1 }];
  return Array.from({ length: width }, (_, c) => ({
    scores: Float64Array.from(right, (_, row) => data[row * width + c]!),
    isPositive: (row) => right[row] === c,
  }));
}

function area(curve: string, scores: ArrayLike<number>, isPositive: Column["isPositive"]): number {
  const order = Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const positives = order.filter(isPositive).length;
  const negatives = order.length - positives;
  if (positives === 0 || (curve === "roc" && negatives === 0)) return Number.NaN;
  let [hits, alarms, total] = [0, 0, 0];
  for (let at = 0; at < order.length; ) {
    // Equal outputs are one threshold.
    let [moreHits, moreAlarms] = [0, 0];
    const score = scores[order[at]!]!;
    do {
      if (isPositive(order[at]!)) moreHits++;
      else moreAlarms++;
      at++;
    } while (at < order.length && scores[order[at]!] === score);
    if (curve === "roc") total += (moreAlarms / negatives) * ((hits + moreHits / 2) / positives);
    hits += moreHits;
    alarms += moreAlarms;
    if (curve === "pr") total += (moreHits / positives) * (hits / (hits + alarms));
  }
  return total;
}
