// How far predicted numbers are from their targets.

import type { Tensor } from "../../runtime/tensor.ts";
import { abs, cast, sqrt, square, sub } from "../../tensor/elementwise.ts";
import { reshape } from "../../tensor/movement.ts";
import { mean } from "../../tensor/reduce.ts";
import { expectLike, type Family, family, tracedFamily } from "./metric.ts";

export const meanSquaredError: Family = tracedFamily({}, (target, prediction) =>
  mean(square(errors(target, prediction))),
);

export const rootMeanSquaredError: Family = tracedFamily({}, (target, prediction) =>
  sqrt(mean(square(errors(target, prediction)))),
);

export const meanAbsoluteError: Family = tracedFamily({}, (target, prediction) =>
  mean(abs(errors(target, prediction))),
);

function errors(target: Tensor, prediction: Tensor): Tensor {
  expectLike(target, prediction);
  const y = reshape(cast(target, "float64"), prediction.shape);
  return sub(cast(prediction, "float64"), y);
}

/**
 * 1 - squared error / squared distance of the targets from their mean, averaged over outputs: 1 is
 * perfect, 0 no better than the mean. Constant targets give 1 when met and 0 when not.
 */
export const r2: Family = family({}, (target, prediction) => {
  expectLike(target, prediction);
  const outputs = prediction.rank > 1 ? prediction.type.shape.at(-1)! : 1;
  const perOutput = Array.from({ length: outputs }, (_, o) => {
    const ofOutput = (_value: number, i: number) => i % outputs === o;
    return determination([...target.data].filter(ofOutput), [...prediction.data].filter(ofOutput));
  });
  return meanOf(perOutput);
});

function determination(y: readonly number[], a: readonly number[]): number {
  const center = meanOf(y);
  const left = y.reduce((total, value, i) => total + (value - a[i]!) ** 2, 0);
  const spread = y.reduce((total, value) => total + (value - center) ** 2, 0);
  if (spread === 0) return left === 0 ? 1 : 0;
  return 1 - left / spread;
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}
