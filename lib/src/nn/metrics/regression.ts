// How far predicted numbers are from their targets.

import type { Tensor } from "../../runtime/tensor.ts";
import { expectLike, type Family, family } from "./metric.ts";

export const meanSquaredError: Family = family({}, (target, prediction) =>
  averageOf(target, prediction, (e) => e * e),
);

export const rootMeanSquaredError: Family = family({}, (target, prediction) =>
  Math.sqrt(averageOf(target, prediction, (e) => e * e)),
);

export const meanAbsoluteError: Family = family({}, (target, prediction) =>
  averageOf(target, prediction, Math.abs),
);

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
  return mean(perOutput);
});

function determination(y: readonly number[], a: readonly number[]): number {
  const center = mean(y);
  const left = y.reduce((total, value, i) => total + (value - a[i]!) ** 2, 0);
  const spread = y.reduce((total, value) => total + (value - center) ** 2, 0);
  if (spread === 0) return left === 0 ? 1 : 0;
  return 1 - left / spread;
}

function averageOf(target: Tensor, prediction: Tensor, f: (error: number) => number): number {
  expectLike(target, prediction);
  const y = target.data;
  return mean(Array.from(prediction.data, (a, i) => f(a - y[i]!)));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0) / numbers.length;
}
