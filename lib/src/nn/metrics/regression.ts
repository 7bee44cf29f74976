// How far predicted numbers are from their targets.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { abs, square, sub } from "../../tensor/elementwise.ts";
import { sum } from "../../tensor/reduce.ts";
import { type Family, family } from "./family.ts";
import { likePrediction, type Meaning, toValues, vector } from "./metric.ts";

export const meanSquaredError: Family = average(square, (mean) => mean);

export const rootMeanSquaredError: Family = average(square, Math.sqrt);

export const meanAbsoluteError: Family = average(abs, (mean) => mean);

/** A function of the average of what each error costs. */
function average(cost: (error: Tensor) => Tensor, figure: (mean: number) => number): Family {
  return family({
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
