// Metrics by name.

import { show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { makeRegistry } from "../registry.ts";
import type { NamedOptions, Written } from "../spec.ts";
import { accuracyMetric, binaryAccuracy, topKAccuracy } from "./accuracy.ts";
import type { Threshold } from "./classes.ts";
import { type MetricFamily, metric } from "./family.ts";
import type { Metric } from "./metric.ts";
import { distinctNames } from "./names.ts";
import { type MetricFunction, metricOfFunction, ownMetric } from "./own.ts";

export {
  averageScore,
  type ClassScores,
  type ConfusionMatrix,
  type ConfusionOptions,
  classScores,
  confusionMatrix,
} from "./confusion.ts";
export type { Counter, Counts, Direction, Meaning, Metric } from "./metric.ts";
export type { MetricFunction } from "./own.ts";

interface WithThreshold {
  /** Where the classes of one output are split. */
  readonly threshold?: Threshold;
}

interface WithAverage extends WithThreshold {
  readonly average?: "auto" | "macro" | "micro" | "binary";
}

interface MetricOptions {
  readonly accuracy: WithThreshold;
  readonly binaryAccuracy: WithThreshold;
  readonly topKAccuracy: { readonly k?: number };
  readonly precision: WithAverage;
  readonly recall: WithAverage;
  readonly f1: WithAverage;
  readonly meanSquaredError: unknown;
  readonly rootMeanSquaredError: unknown;
  readonly meanAbsoluteError: unknown;
  readonly r2: unknown;
  readonly meanAbsolutePercentageError: unknown;
  /** Under the curve of true over false positives, or of precision over recall. */
  readonly auc: { readonly curve?: "roc" | "pr" };
  readonly logLoss: unknown;
  readonly perplexity: unknown;
  readonly calibration: { readonly bins?: number };
  readonly iou: WithAverage;
  readonly mcc: WithThreshold;
}

/**
 * The metrics that a name can say: one number of all examples of a set, of targets y and predictions a.
 * - accuracy: the share of examples whose class is right
 * - binaryAccuracy: the share of outputs, each a yes or no, that are on the right side of the threshold
 * - topKAccuracy: the share of examples whose class is among the k largest outputs
 * - precision, recall, f1: hits / taken, hits / support, and their harmonic mean; see `averageScore`
 * - iou: hits / (taken + support - hits), as scikit-learn's jaccard_score
 * - mcc: Matthews's correlation coefficient of any number of classes, from -1 to 1 (Gorodkin 2004)
 * - auc: the chance that a positive example has a larger output than a negative one (Hanley and McNeil 1982)
 * - logLoss: the mean of -ln of the probability of the right class; perplexity: exp of it
 * - calibration: sum over bins |B| / n |acc(B) - conf(B)| (Guo et al. 2017, equation 3)
 * - meanSquaredError, rootMeanSquaredError, meanAbsoluteError: of a - y
 * - meanAbsolutePercentageError: mean |a - y| / |y|; 1 is an error as large as the target
 * - r2: 1 - squared error / squared distance of the targets from their mean
 */
export type MetricName = keyof MetricOptions;

/** Names that Keras spells with underscores. */
type KerasMetricName =
  | "binary_accuracy"
  | "top_k_accuracy"
  | "mean_squared_error"
  | "root_mean_squared_error"
  | "mean_absolute_error"
  | "mean_absolute_percentage_error"
  | "log_loss";

type MetricAlias =
  | "acc"
  | "categoricalAccuracy"
  | "sparseCategoricalAccuracy"
  | "topKCategoricalAccuracy"
  | "mse"
  | "rmse"
  | "mae"
  | "f1Score"
  | "r2Score"
  | "mape"
  | "ece"
  | "jaccard"
  | "meanIoU";

/**
 * A name, a name with options as in { name: "topKAccuracy", k: 3 }, or a metric of your own: a function
 * of targets and predictions that gives a number, or a `Metric`.
 */
export type MetricSpec =
  | MetricName
  | KerasMetricName
  | MetricAlias
  | NamedOptions<MetricOptions>
  | Metric
  | MetricFunction;

/** Those without a row are in `late.ts`. */
const FAMILIES: Readonly<Record<MetricName, MetricFamily | null>> = {
  accuracy: accuracyMetric,
  binaryAccuracy,
  topKAccuracy,
  precision: null,
  recall: null,
  f1: null,
  meanSquaredError: null,
  rootMeanSquaredError: null,
  meanAbsoluteError: null,
  r2: null,
  meanAbsolutePercentageError: null,
  auc: null,
  logLoss: null,
  perplexity: null,
  calibration: null,
  iou: null,
  mcc: null,
};

const ALIASES: Readonly<Record<MetricAlias, MetricName>> = {
  acc: "accuracy",
  categoricalAccuracy: "accuracy",
  sparseCategoricalAccuracy: "accuracy",
  topKCategoricalAccuracy: "topKAccuracy",
  mse: "meanSquaredError",
  rmse: "rootMeanSquaredError",
  mae: "meanAbsoluteError",
  f1Score: "f1",
  r2Score: "r2",
  mape: "meanAbsolutePercentageError",
  ece: "calibration",
  jaccard: "iou",
  meanIoU: "iou",
};

const METRICS = makeRegistry<Metric>("metric", "compute", async () => {
  return (await import("./late.ts")).LATE_METRICS;
})(FAMILIES, ALIASES);

/**
 * The metric that a specification names.
 * @throws ArgumentError for an unknown name or option, an option out of its range, and what is none of these
 */
export function metricOf(spec: MetricSpec | Written): Metric {
  if (typeof spec === "function") return metricOfFunction(spec);
  if (METRICS.isOwn(spec)) return ownMetric(spec);
  const { name, entry, config } = METRICS.read(spec);
  return metric(name, entry, config);
}

/**
 * A list of metrics, each with a name of its own: those that differ by an option alone get it in their
 * names, as in topKAccuracyK1 and topKAccuracyK3.
 * @throws ArgumentError for what is no list, for one figure twice, and for a name that a history has already
 */
export function metricsOf(specs: readonly MetricSpec[]): Metric[] {
  if (!Array.isArray(specs)) {
    throw new ArgumentError(
      `metrics: expected a list, as in ["accuracy"], received ${show(specs)}`,
    );
  }
  return distinctNames(specs.map(metricOf));
}

/** All names, in the order of the table. */
export function metricNames(): MetricName[] {
  return METRICS.names();
}
