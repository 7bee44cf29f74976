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
  const meanings = meaningsFor(training, targets);
  for (const metric of metrics) {
    const i = metric.output;
    metric.expectOutputs?.(shapeOf(i), meanings[i]!);
    const place = i === 0 ? where : `${where}: target ${i}`;
    if (metric.targets) expectTargets(place, metric.name, metric.targets, targets[i]!, shapeOf(i));
  }
}

/** What outputs mean to metrics: by their loss, and where that is open by the sign of targets. */
export function meaningsFor(
  { losses, outputs }: Pick<PreparedTraining, "losses" | "outputs">,
  targets: readonly NdArray[],
): Meaning[] {
  return outputs.map((output, i) => {
    const meaning = meaningOf(losses[i]!, output);
    const isOpen = meaning === "values" || meaning === null;
    return isOpen && meaningOfValues(targets[i]!.data) === "scores" ? "scores" : meaning;
  });
}
