// What targets may be: a loss or a metric says what it takes them for, and wrong ones are refused.

import { type Shape, sameShape } from "../../ir/shape.ts";
import {
  type Check,
  expectLabels,
  expectProbabilities,
  expectSides,
  expectSigns,
  type TargetRows,
} from "./each.ts";
import { expectDistribution, expectOneHot, expectOneLargest } from "./row.ts";

export type { TargetRows } from "./each.ts";

/**
 * What the numbers of a target are.
 * - "values": any numbers
 * - "probabilities": each from 0 to 1, by itself
 * - "distribution": each from 0 to 1, and those of a row add up to 1 (one-hot, smoothed or not)
 * - "labels": class numbers, from 0
 * - "labelsOrDistribution": one of these two, by its shape
 * - "oneHot": a single 1 in a row, all else 0
 * - "signs": -1 and 1, or 0 and 1
 * - "classes": what tells the right class: a label, or a row with one largest number; for a single
 *   output as "sides"
 * - "sides": 0 and 1 or -1 and 1; a probability stands for the nearer one, and one half for neither
 */
export type Targets =
  | "values"
  | "probabilities"
  | "distribution"
  | "labels"
  | "labelsOrDistribution"
  | "oneHot"
  | "signs"
  | "classes"
  | "sides";

/** By shape, since rows are looked at only where they are as long as those of the prediction. */
type Checks = Readonly<Record<"like" | "fewer", Check | null>>;

const BOTH = (check: Check): Checks => ({ like: check, fewer: check });

const CHECKS: Readonly<Record<Targets, Checks>> = {
  values: { like: null, fewer: null },
  probabilities: BOTH(expectProbabilities),
  distribution: { like: expectDistribution, fewer: expectProbabilities },
  labels: BOTH(expectLabels),
  labelsOrDistribution: { like: expectDistribution, fewer: expectLabels },
  oneHot: { like: expectOneHot, fewer: expectProbabilities },
  signs: BOTH(expectSigns),
  classes: { like: expectOneLargest, fewer: expectLabels },
  sides: BOTH(expectSides),
};

/**
 * Looks at every number of a target.
 * @param where the function that was given them, as errors name it
 * @param by the loss or metric that takes them, where that is another
 * @param prediction the shape of the prediction, with the examples in front
 * @throws ArgumentError naming the first number that means nothing, and its example
 */
export function expectTargets(
  where: string,
  by: string | null,
  targets: Targets,
  rows: TargetRows,
  prediction: Shape,
): void {
  const kind = targets === "classes" && isYesOrNo(prediction) ? "sides" : targets;
  const check = CHECKS[kind][sameShape(rows.shape, prediction) ? "like" : "fewer"];
  check?.({ where, by, rows, width: prediction.at(-1) ?? 1 });
}

/** True for predictions of one output, which says yes or no. */
export function isYesOrNo(prediction: Shape): boolean {
  return prediction.length <= 1 || prediction.at(-1) === 1;
}

/** True where a target chooses one class among those that the last axis holds. */
export function areOfClasses(targets: Targets): boolean {
  return ["distribution", "labels", "labelsOrDistribution", "oneHot"].includes(targets);
}
