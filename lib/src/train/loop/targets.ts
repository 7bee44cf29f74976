// Targets are checked before a compiled step sees them: a program cannot refuse a number.

import { meaningOfValues } from "../../nn/metrics/family.ts";
import type { Meaning } from "../../nn/metrics/index.ts";
import { expectTargets } from "../../nn/targets/index.ts";
import type { NdArray } from "../../ops/define.ts";
import type { PreparedTraining } from "../step/instance.ts";
import { meaningOf } from "../step/outputs.ts";

/**
 * @param where the function that was given the targets, as errors name it
 * @throws ArgumentError for a target that means nothing to a loss or a metric
 */
export function checkTargets(
  where: string,
  training: PreparedTraining,
  targets: readonly NdArray[],
): void {
  const { losses, metrics, outputs } = training;
  const shapeOf = (i: number) => [targets[i]!.shape[0]!, ...outputs[i]!.shape];
  losses.forEach(({ name, targets: wanted }, i) => {
    const place = losses.length === 1 ? where : `${where}: target ${i}`;
    if (wanted) expectTargets(place, name, wanted, targets[i]!, shapeOf(i));
  });
  const meaning = meaningFor(training, targets);
  for (const metric of metrics) {
    metric.expectOutputs?.(shapeOf(0), meaning);
    if (metric.targets) expectTargets(where, metric.name, metric.targets, targets[0]!, shapeOf(0));
  }
}

/** What the first output means to metrics: by the loss, and where that is open by the sign of targets. */
export function meaningFor(
  { losses, outputs }: PreparedTraining,
  targets: readonly NdArray[],
): Meaning {
  const meaning = meaningOf(losses[0]!, outputs[0]!);
  const isOpen = meaning === "values" || meaning === null;
  return isOpen && meaningOfValues(targets[0]!.data) === "scores" ? "scores" : meaning;
}
