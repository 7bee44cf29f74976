// How far predicted values are from what they should be: fetched where values are predicted.

import { fromData } from "neurite";
import { metricOf } from "neurite/nn";

/** @param shape of targets and predictions, [count, outputs] */
export function figuresOf(
  targets: ArrayLike<number>,
  predictions: ArrayLike<number>,
  shape: readonly [number, number],
): { readonly r2: number; readonly rmse: number } {
  const [target, predicted] = [targets, predictions].map((values) =>
    fromData(Float64Array.from(values), shape, "float64"),
  );
  const figure = (name: "r2" | "rootMeanSquaredError") =>
    metricOf(name).compute(target!, predicted!, "values");
  return { r2: figure("r2"), rmse: figure("rootMeanSquaredError") };
}
