// Precision, recall and F1 out of counts, averaged over classes, and other figures of the same counts.

import { oneOf } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, logicalAnd } from "../../tensor/comparison.ts";
import { tensor } from "../../tensor/create.ts";
import { cast } from "../../tensor/elementwise.ts";
import { concat } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { sum } from "../../tensor/reduce.ts";
import { isYesOrNo } from "../targets/index.ts";
import {
  type Decisions,
  decisions,
  expectThreshold,
  isRight,
  THRESHOLD,
  type Threshold,
} from "./classes.ts";
import { type MetricFamily, metricFamily } from "./family.ts";
import { type ClassTally, type ScoreName, scoresOf } from "./scores.ts";

const AVERAGES = ["macro", "micro", "binary"] as const;

/** @param average "macro", "micro" or "binary": see `averageScore` */
export function averageOfClasses(
  score: ScoreName,
  tallies: readonly ClassTally[],
  average: string,
): number {
  const total = (part: keyof ClassTally) => tallies.reduce((all, tally) => all + tally[part], 0);
  if (average === "macro") {
    return tallies.reduce((all, tally) => all + scoresOf(tally)[score], 0) / tallies.length;
  }
  if (average === "micro") {
    return scoresOf({ hits: total("hits"), taken: total("taken"), support: total("support") })[
      score
    ];
  }
  if (average !== "binary") throw unknownName(`average of ${score}`, average, AVERAGES);
  expectTwo(score, tallies.length);
  return scoresOf(tallies[1]!)[score];
}

/** A score as a metric; "auto" means "binary" for one output, else "macro". */
export function averaged(score: ScoreName): MetricFamily {
  return tallied(score, (tallies, average) => averageOfClasses(score, tallies, average));
}

/**
 * Intersection over union, hits / (taken + support - hits), as scikit-learn's jaccard_score; 0 for a class that
 * occurs nowhere.
 */
export const iou: MetricFamily = tallied("iou", (tallies, average) => {
  const total = (part: keyof ClassTally) => tallies.reduce((all, tally) => all + tally[part], 0);
  const all = { hits: total("hits"), taken: total("taken"), support: total("support") };
  if (average === "micro") return overlap(all);
  return tallies.reduce((sum, tally) => sum + overlap(tally), 0) / tallies.length;
});

function overlap({ hits, taken, support }: ClassTally): number {
  return hits === 0 ? 0 : hits / (taken + support - hits);
}

/**
 * Matthews's correlation coefficient of any number of classes (Gorodkin 2004), from -1 to 1: 0 is no better than
 * chance, and what is said where all are of one class, or taken for one.
 */
export const mcc: MetricFamily = metricFamily({
  defaults: { threshold: "auto" as Threshold },
  kinds: { threshold: THRESHOLD },
  direction: "max",
  targets: "classes",
  expectOutputs: (prediction, meaning, { threshold }) =>
    expectThreshold("mcc", prediction, meaning, threshold),
  counter: ({ threshold }) => ({
    size: (prediction) => 3 * classesOf(prediction),
    count: (target, prediction, meaning) => {
      const made = decisions(target, prediction, threshold, meaning);
      return countClasses(made, counted(prediction.type.shape, "macro"));
    },
    figure: (counts) => {
      const tallies = talliesOf(counts);
      const total = (f: (tally: ClassTally) => number) =>
        tallies.reduce((all, tally) => all + f(tally), 0);
      const [right, all] = [total(({ hits }) => hits), total(({ support }) => support)];
      const covariance = right * all - total(({ taken, support }) => taken * support);
      const spread = (part: "taken" | "support") => all ** 2 - total((tally) => tally[part] ** 2);
      const scale = Math.sqrt(spread("taken") * spread("support"));
      return scale === 0 ? 0 : covariance / scale;
    },
  }),
});

/** A figure of what is counted of classes, and how it is averaged. */
function tallied(
  score: string,
  figure: (tallies: readonly ClassTally[], average: string) => number,
): MetricFamily {
  const defaults: { readonly average: string; readonly threshold: Threshold } = {
    average: "auto",
    threshold: "auto",
  };
  return metricFamily({
    defaults,
    kinds: { average: oneOf("auto", ...AVERAGES), threshold: THRESHOLD },
    direction: "max",
    targets: "classes",
    expectOutputs: (prediction, meaning, { average, threshold }) => {
      if (average === "binary") expectTwo(score, classesOf(prediction));
      expectThreshold(score, prediction, meaning, threshold);
    },
    counter: ({ average, threshold }) => ({
      size: (prediction) => 3 * counted(prediction, average).length,
      count: (target, prediction, meaning) => {
        const made = decisions(target, prediction, threshold, meaning);
        return countClasses(made, counted(prediction.type.shape, average));
      },
      figure: (counts) => figure(talliesOf(counts), average === "micro" ? "micro" : "macro"),
    }),
  });
}

/** What countClasses() counted, class by class. */
function talliesOf(counts: ArrayLike<number>): ClassTally[] {
  const classes = counts.length / 3;
  return Array.from({ length: classes }, (_, c) => ({
    hits: counts[c]!,
    taken: counts[classes + c]!,
    support: counts[2 * classes + c]!,
  }));
}

/** The classes that an average is over: where it is "binary", class 1 alone. */
function counted(prediction: Shape, average: string): number[] {
  const isBinary = average === "binary" || (average === "auto" && isYesOrNo(prediction));
  return isBinary ? [1] : Array.from({ length: classesOf(prediction) }, (_, c) => c);
}

/** Hits, then taken, then support, each over these classes. */
function countClasses(made: Decisions, classes: readonly number[]): Tensor {
  const row = tensor([classes], "int32");
  const column = (x: Tensor) => reshape(x, [x.size, 1]);
  const [isTarget, isPredicted] = [made.target, made.predicted].map((x) => equal(column(x), row));
  const total = (each: Tensor) => sum(cast(each, "float64"), 0);
  return concat([
    total(logicalAnd(isTarget!, column(isRight(made)))),
    total(logicalAnd(isPredicted!, column(made.isMade))),
    total(isTarget!),
  ]);
}

function classesOf(prediction: Shape): number {
  return isYesOrNo(prediction) ? 2 : prediction.at(-1)!;
}

function expectTwo(score: string, classes: number): void {
  if (classes === 2) return;
  throw new ArgumentError(`${score}: "binary" needs 2 classes, received ${classes}`);
}
