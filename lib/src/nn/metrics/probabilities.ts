// How good probabilities are: what they cost, and whether they come true as often as they say.

import { count } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { equal, where } from "../../tensor/comparison.ts";
import { oneHot } from "../../tensor/create.ts";
import { cast, floor, log, maximum, minimum, mul, sub } from "../../tensor/elementwise.ts";
import { concat } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { max, sum } from "../../tensor/reduce.ts";
import { isYesOrNo } from "../targets/index.ts";
import { decisions } from "./classes.ts";
import { type MetricFamily, metricFamily } from "./family.ts";
import { type Counter, type Meaning, toValues, vector } from "./metric.ts";

/** -ln of the probability of the right class, on average. A probability of 0 costs 708.4. */
export const logLoss: MetricFamily = ofCost("logLoss", (mean) => mean);

/** exp of the log loss: among how many equally likely classes the right one seems to be chosen. */
export const perplexity: MetricFamily = ofCost("perplexity", Math.exp);

/**
 * The expected calibration error (Guo et al. 2017, equation 3): sum over bins of |B| / n |acc(B) - conf(B)|, of
 * the probability of the class that is predicted; of one output, of the probability of a yes.
 */
export const calibration: MetricFamily = metricFamily({
  defaults: { bins: 10 },
  kinds: { bins: count },
  direction: "min",
  targets: "classes",
  expectOutputs: (_, meaning) => expectProbabilities("calibration", meaning),
  counter: ({ bins }): Counter => ({
    size: () => 3 * bins,
    count: (target, prediction, meaning) => {
      const { confidence, isRight } = judged(target, prediction, meaning);
      const places = minimum(floor(mul(confidence, bins)), bins - 1);
      const inBin = cast(oneHot(cast(maximum(places, 0), "int32"), bins), "float64"); // [n, bins]
      const column = (x: Tensor) => sum(mul(inBin, reshape(x, [x.size, 1])), 0);
      return concat([sum(inBin, 0), column(confidence), column(isRight)]);
    },
    figure: (counts) => {
      let [total, error] = [0, 0];
      for (let b = 0; b < bins; b++) {
        total += counts[b]!;
        error += Math.abs(counts[bins + b]! - counts[2 * bins + b]!);
      }
      return error / total;
    },
  }),
});

/** How sure each decision is, and 1 where it is right; both float64 [n]. */
function judged(target: Tensor, prediction: Tensor, meaning: Meaning) {
  const p = toValues(prediction, meaning);
  const made = decisions(target, p, 0.5, "probabilities");
  if (isYesOrNo(p.type.shape)) {
    return { confidence: reshape(p, [p.size]), isRight: cast(made.target, "float64") };
  }
  const confidence = reshape(max(p, -1), [made.target.size]);
  return { confidence, isRight: cast(equal(made.target, made.predicted), "float64") };
}

function ofCost(name: string, figure: (mean: number) => number): MetricFamily {
  return metricFamily({
    defaults: {},
    direction: "min",
    targets: "classes",
    expectOutputs: (_, meaning) => expectProbabilities(name, meaning),
    counter: () => ({
      size: () => 2,
      count: (target, prediction, meaning) => {
        const costs = costsOf(target, prediction, meaning);
        return vector(sum(costs), costs.size);
      },
      figure: ([total, all]) => figure(total! / all!),
    }),
  });
}

function costsOf(target: Tensor, prediction: Tensor, meaning: Meaning): Tensor {
  const p = toValues(prediction, meaning);
  const { target: right, classes } = decisions(target, p, 0.5, "probabilities");
  const n = right.size;
  const own = isYesOrNo(p.type.shape)
    ? where(equal(right, 1), reshape(p, [n]), sub(1, reshape(p, [n])))
    : sum(mul(reshape(p, [n, classes]), cast(oneHot(right, classes), "float64")), -1);
  return sub(0, log(maximum(own, 2 ** -1022)));
}

/** @throws ArgumentError for scores, which are no probabilities */
function expectProbabilities(name: string, meaning: Meaning): void {
  if (meaning !== "scores") return;
  throw new ArgumentError(
    `${name}: expected outputs that are probabilities, received scores, of which those above 0 say yes`,
  );
}
