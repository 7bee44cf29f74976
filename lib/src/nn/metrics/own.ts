// Metrics that users bring: functions of targets and predictions, or whole Metric objects.

import { expectArgument, func, object, show, text } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { Metric } from "./metric.ts";

/** The figure over all examples at once, as a number or a tensor of one element. */
export type MetricFunction = (target: Tensor, prediction: Tensor) => number | Tensor;

/** A metric under the function's name. */
export function metricOfFunction(f: MetricFunction): Metric {
  return ownMetric({
    name: f.name || "metric",
    config: {},
    compute: f as Metric["compute"],
  });
}

/** @throws ArgumentError unless all parts are what they must be; without a config it gets an empty one */
export function ownMetric(metric: Metric): Metric {
  const { name, compute, config } = metric;
  expectArgument("metric", "its name", name, text);
  expectArgument(`metric "${name}"`, "compute", compute, func);
  if (config !== undefined) expectArgument(`metric "${name}"`, "its config", config, object);
  return config === undefined ? { ...metric, config: {} } : metric;
}

/** The figure that a metric computes for all examples. @throws ArgumentError unless it is a number */
export function figureOfAll(metric: Metric, ...args: Parameters<Metric["compute"]>): number {
  const figure: unknown = metric.compute(...args);
  if (typeof figure === "number") return figure;
  if (figure instanceof Tensor && figure.size === 1) return figure.item();
  throw new ArgumentError(`metric "${metric.name}": expected a number, received ${show(figure)}`);
}
