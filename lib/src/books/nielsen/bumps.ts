// Nielsen, chapter 4: five bumps of sigmoid units approximate a wavy function.

import type { Tensor } from "../../runtime/values/tensor.ts";
import { fromData, linspace } from "../../tensor/create.ts";
import { abs, mul, sigmoid, sub } from "../../tensor/elementwise.ts";
import { matmul } from "../../tensor/linear.ts";
import { expandDims } from "../../tensor/movement.ts";
import { mean } from "../../tensor/reduce.ts";
import { below } from "../shared/bounds.ts";
import type { Claim } from "../shared/claim.ts";

/** The goal of the chapter's game: 0.2 + 0.4 x^2 + 0.3 x sin(15 x) + 0.05 cos(50 x) on [0, 1]. */
export function goal(x: number): number {
  return 0.2 + 0.4 * x ** 2 + 0.3 * x * Math.sin(15 * x) + 0.05 * Math.cos(50 * x);
}

/** What the hidden layer must add up to, since the output unit is a sigmoid: ln(f / (1 - f)). */
function wanted(x: number): number {
  return Math.log(goal(x) / (1 - goal(x)));
}

/** The best height of each of some equal bumps: the median of what is wanted there. */
export function bestHeights(bumps: number): number[] {
  const samples = 1_001;
  return Array.from({ length: bumps }, (_, k) => {
    const inside = Array.from({ length: samples }, (__, i) =>
      wanted((k + (i + 0.5) / samples) / bumps),
    ).sort((a, b) => a - b);
    return inside[(samples - 1) / 2]!;
  });
}

/**
 * The hidden layer's weighted output at some x: a pair of steep sigmoid units a bump, one step up by
 * its height and one down.
 * @param x [n]
 */
export function weightedOutput(heights: readonly number[], x: Tensor, steepness = 1_000): Tensor {
  const steps = heights.flatMap((_, k) => [k / heights.length, (k + 1) / heights.length]);
  const signs = heights.flatMap((height) => [height, -height]);
  // sigma(w (x - s)): weight w, bias -w s. (n, 1) - (units) -> (n, units)
  const away = sub(expandDims(x, 1), fromData(Float64Array.from(steps), [steps.length]));
  return matmul(sigmoid(mul(away, steepness)), fromData(Float64Array.from(signs), [signs.length]));
}

/** The mean of |weighted output - what is wanted| over [0, 1]. */
export function averageDeviation(heights: readonly number[], points = 2_000): number {
  const x = linspace(0.5 / points, 1 - 0.5 / points, points, "float64");
  const aims = fromData(Float64Array.from(x.data, wanted), [points]);
  return mean(abs(sub(weightedOutput(heights, x), aims))).item();
}

const DEVIATION =
  "The deviation is measured before the output unit, between the weighted output and ln(f / (1 - f)).";

/** The book's numbers of this experiment beside ours. */
export function claims(): Claim[] {
  const [five, ten, forty] = [5, 10, 40].map((bumps) => averageDeviation(bestHeights(bumps)));
  const less = (name: string, fewer: number, more: number) =>
    below(name, Number(fewer.toFixed(3)), more);
  return [
    below("five bumps: average deviation", 0.405, five!, { note: DEVIATION }),
    less("ten bumps: less than five", five!, ten!),
    less("forty bumps: less than ten", ten!, forty!),
  ];
}
