// Metrics by name.

import { readSpec, type Spec } from "../spec.ts";
import { accuracy, binaryAccuracy, topKAccuracy } from "./accuracy.ts";
import { averageScore, confusionMatrix } from "./confusion.ts";
import { type Direction, type Family, family, isYesOrNo, type Metric } from "./metric.ts";
import { meanAbsoluteError, meanSquaredError, r2, rootMeanSquaredError } from "./regression.ts";

export {
  averageScore,
  type ClassScores,
  type ConfusionMatrix,
  classScores,
  confusionMatrix,
} from "./confusion.ts";
export type { Direction, Metric } from "./metric.ts";

export type MetricName =
  | "accuracy"
  | "binaryAccuracy"
  | "topKAccuracy"
  | "precision"
  | "recall"
  | "f1"
  | "meanSquaredError"
  | "rootMeanSquaredError"
  | "meanAbsoluteError"
  | "r2";

/** A name, a name with options as in { name: "topKAccuracy", k: 3 }, or a metric of your own. */
export type MetricSpec = MetricName | (string & {}) | Spec<MetricName> | Metric;

const FAMILIES: Readonly<Record<MetricName, Family>> = {
  accuracy,
  binaryAccuracy,
  topKAccuracy,
  precision: averaged("precision"),
  recall: averaged("recall"),
  f1: averaged("f1"),
  meanSquaredError,
  rootMeanSquaredError,
  meanAbsoluteError,
  r2,
};

const DIRECTIONS: Readonly<Record<MetricName, Direction>> = {
  accuracy: "max",
  binaryAccuracy: "max",
  topKAccuracy: "max",
  precision: "max",
  recall: "max",
  f1: "max",
  meanSquaredError: "min",
  rootMeanSquaredError: "min",
  meanAbsoluteError: "min",
  r2: "max",
};

const ALIASES: Readonly<Record<string, MetricName>> = {
  acc: "accuracy",
  categoricalAccuracy: "accuracy",
  sparseCategoricalAccuracy: "accuracy",
  topKCategoricalAccuracy: "topKAccuracy",
  mse: "meanSquaredError",
  rmse: "rootMeanSquaredError",
  mae: "meanAbsoluteError",
  f1Score: "f1",
  r2Score: "r2",
};

/**
 * The metric that a specification names.
 * @throws ArgumentError for an unknown name or option
 */
export function metricOf(spec: MetricSpec): Metric {
  if (isMetric(spec)) return spec;
  const { name, entry, config } = readSpec("metric", spec, FAMILIES, ALIASES);
  const { compute, traced } = entry;
  return {
    name,
    config,
    direction: DIRECTIONS[name],
    compute: (target, prediction) => compute(target, prediction, config),
    ...(traced && { traced: (target, prediction) => traced(target, prediction, config) }),
  };
}

/** All names, in the order of the table. */
export function metricNames(): MetricName[] {
  return Object.keys(FAMILIES) as MetricName[];
}

/** A score over the confusion matrix; "auto" means "binary" for one output, else "macro". */
function averaged(score: "precision" | "recall" | "f1"): Family {
  return family({ average: "auto", threshold: 0.5 }, (target, prediction, options) => {
    const { threshold } = options;
    const counts = confusionMatrix(target, prediction, { threshold });
    const average = isYesOrNo(prediction) ? "binary" : "macro";
    return averageScore(score, counts, options.average === "auto" ? average : options.average);
  });
}

function isMetric(spec: MetricSpec): spec is Metric {
  return typeof spec === "object" && spec !== null && typeof spec["compute"] === "function";
}
