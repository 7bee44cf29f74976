// The metrics that are fetched when a specification names them.

import { averaged, iou, mcc } from "./averages.ts";
import type { MetricFamily } from "./family.ts";
import { calibration, logLoss, perplexity } from "./probabilities.ts";
import { r2 } from "./r2.ts";
import { auc } from "./ranking.ts";
import {
  meanAbsoluteErrorMetric,
  meanAbsolutePercentageErrorMetric,
  meanSquaredErrorMetric,
  rootMeanSquaredErrorMetric,
} from "./regression.ts";

export const LATE_METRICS: Readonly<Record<string, MetricFamily>> = {
  precision: averaged("precision"),
  recall: averaged("recall"),
  f1: averaged("f1"),
  meanSquaredError: meanSquaredErrorMetric,
  rootMeanSquaredError: rootMeanSquaredErrorMetric,
  meanAbsoluteError: meanAbsoluteErrorMetric,
  r2,
  meanAbsolutePercentageError: meanAbsolutePercentageErrorMetric,
  auc,
  logLoss,
  perplexity,
  calibration,
  iou,
  mcc,
};
