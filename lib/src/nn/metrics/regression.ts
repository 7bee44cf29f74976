// How far predicted numbers are from their targets.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { abs, div, maximum, square, sub } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";
import { type MetricFamily, metricFamily } from "./family.ts";
import { likePrediction, type Meaning, toValues, vector } from "./metric.ts";

export const meanSquaredErrorMetric: MetricFamily = average(square, (mean) => mean);

export const rootMeanSquaredErrorMetric: MetricFamily = average(square, Math.sqrt);

export const meanAbsoluteErrorMetric: MetricFamily = average(abs, (mean) => mean);

/** The mean of |a - y| / |y|, as scikit-learn has it: 1 is an error as large as the target. */
export const meanAbsolutePercentageErrorMetric: MetricFamily = metricFamily({
  defaults: {},
  direction: "min",
  targets: "values",
  counter: () => ({
    size: () => 2,
    count: (target, prediction, meaning) => {
      const size = maximum(abs(likePrediction(target, prediction)), 2 ** -52);
      const costs = div(abs(errors(target, prediction, meaning)), size);
      return vector(sum(costs), costs.size);
    },
    figure: ([total, all]) => total! / all!,
  }),
});

/** A function of the average of what each error costs. */
function average(cost: (error: Tensor) => Tensor, figure: (mean: number) => number): MetricFamily {
  return metricFamily({
    defaults: {},
    direction: "min",
    targets: "values",
    counter: () => ({
      size: () => 2,
      count: (target, prediction, meaning) => {
        const costs = cost(errors(target, prediction, meaning));
        return vector(sum(costs), costs.size);
      },
      figure: ([total, all]) => figure(total! / all!),
    }),
  });
}

function errors(target: Tensor, prediction: Tensor, meaning: Meaning): Tensor {
  return sub(toValues(prediction, meaning), likePrediction(target, prediction));
}
