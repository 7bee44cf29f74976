// r2, the share of the targets' spread that predictions account for, from parts that can be joined.

import type { Shape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import { full } from "../../tensor/create.ts";
import { add, div, maximum, mul, square, sub } from "../../tensor/elementwise.ts";
import { at } from "../../tensor/indexing.ts";
import { concat } from "../../tensor/joining.ts";
import { reshape } from "../../tensor/movement.ts";
import { mean, sum } from "../../tensor/reduce.ts";
import { type MetricFamily, metricFamily } from "./family.ts";
import { type Counter, likePrediction, toValues } from "./metric.ts";

/**
 * 1 - squared error / squared distance of the targets from their mean, averaged over outputs: 1 is
 * perfect, 0 no better than the mean. Constant targets give 1 when met and 0 when not.
 */
export const r2: MetricFamily = metricFamily({
  defaults: {},
  direction: "max",
  targets: "values",
  counter: () => COUNTER,
});

/** For each output: how many targets, their mean, their squared distance from it, the squared error. */
const PARTS = 4;

const COUNTER: Counter = {
  size: (prediction) => PARTS * outputsOf(prediction),
  count: (target, prediction, meaning) => {
    const outputs = outputsOf(prediction.type.shape);
    const rows = prediction.size / outputs;
    const table = (x: Tensor) => reshape(x, [rows, outputs]);
    const y = table(likePrediction(target, prediction));
    const a = table(toValues(prediction, meaning));
    const center = mean(y, 0);
    return concat([
      full([outputs], rows, "float64"),
      center,
      sum(square(sub(y, center)), 0),
      sum(square(sub(a, y)), 0),
    ]);
  },
  // Chan, Golub and LeVeque 1979: sums of squares far from 0 would leave nothing of the spread.
  join: (a, b) => {
    const outputs = a.size / PARTS;
    const [countA, meanA, spreadA, errorA] = partsOf(a, outputs);
    const [countB, meanB, spreadB, errorB] = partsOf(b, outputs);
    const count = add(countA, countB);
    const shareB = div(countB, maximum(count, 1));
    const apart = sub(meanB, meanA);
    return concat([
      count,
      add(meanA, mul(apart, shareB)),
      add(add(spreadA, spreadB), mul(mul(square(apart), countA), shareB)),
      add(errorA, errorB),
    ]);
  },
  figure: (counts) => {
    const outputs = counts.length / PARTS;
    const each = Array.from({ length: outputs }, (_, o) => {
      const [count, center, spread, error] = [0, 1, 2, 3].map(
        (part) => counts[part * outputs + o]!,
      );
      return determination(count!, center!, spread!, error!);
    });
    return each.reduce((total, value) => total + value, 0) / outputs;
  },
};

type Parts = readonly [Tensor, Tensor, Tensor, Tensor];

function partsOf(counts: Tensor, outputs: number): Parts {
  const part = (i: number) => at(counts, `${i * outputs}:${(i + 1) * outputs}`);
  return [part(0), part(1), part(2), part(3)];
}

/** How far from their mean equal numbers may seem to be, by rounding. */
const ROUNDING = 2 ** -48;

function determination(count: number, center: number, spread: number, error: number): number {
  const isConstant = spread <= count * (ROUNDING * center) ** 2;
  if (isConstant) return error <= count * (ROUNDING * center) ** 2 ? 1 : 0;
  return 1 - error / spread;
}

function outputsOf(prediction: Shape): number {
  return prediction.length > 1 ? prediction.at(-1)! : 1;
}
