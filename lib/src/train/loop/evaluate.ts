// Running a model over many examples, batch by batch, without training it.

import { count, type Kinds, oneOf } from "../../checks/arguments.ts";
import { figureOfAll } from "../../nn/metrics/own.ts";
import type { NdArray } from "../../ops/define.ts";
import { elementsOf, type Tensor } from "../../runtime/values/tensor.ts";
import { examplesFor, inputsFor, joinRows, rowsBetween, toTensor } from "../batches/examples.ts";
import { expectFiniteExamples } from "../batches/expect-examples.ts";
import type { RowsOf } from "../batches/rows.ts";
import type { WhichWeights } from "../step/average.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { makeBreather } from "./breathe.ts";
import { checkTargets, meaningFor } from "./targets.ts";

/** The mean loss and each metric by its name. */
export interface Evaluation {
  readonly loss: number;
  readonly [metric: string]: number;
}

/** Options of evaluate() and predict(). */
export interface EvaluateOptions {
  /** Rows that are computed at once; 256 by default. */
  readonly batchSize?: number;
  /**
   * "trained" for the weights as they are trained, where the model keeps a mean of them; "average", that mean,
   * by default.
   */
  readonly weights?: WhichWeights;
}

export const EVALUATE_OPTIONS: Kinds<EvaluateOptions> = {
  batchSize: count,
  weights: oneOf("average", "trained"),
};

/** The last batch may be smaller. */
export const DEFAULT_BATCH = 256;

/** Loss without penalty, as a mean over examples; metrics over all predictions at once. */
export async function evaluateModel(
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  { batchSize = DEFAULT_BATCH, weights = "average" }: EvaluateOptions = {},
): Promise<Evaluation> {
  const { x: inputs, y: targets, count } = examplesFor("evaluate", instance, x, y);
  checkTargets("evaluate", training, targets);
  expectFiniteExamples("evaluate", [], targets);
  let total = 0;
  const outputs = await inBatches(instance, inputs, targets, count, batchSize, (bx, by, rows) => {
    const result = training.lossOf(bx, by, weights);
    total += result.loss.item() * rows;
    return result.outputs;
  });
  const target = toTensor(targets[0]!);
  const metrics = training.metrics.map((metric) => [
    metric.name,
    figureOfAll(metric, target, outputs[0]!, meaningFor(training, targets)),
  ]);
  return { loss: total / count, ...Object.fromEntries(metrics) };
}

/** The outputs for all examples, one tensor each. */
export async function predictModel(
  instance: Instance,
  x: RowsOf,
  { batchSize = DEFAULT_BATCH, weights = "average" }: EvaluateOptions = {},
): Promise<Tensor[]> {
  const { x: inputs, count } = inputsFor("predict", instance, x);
  return inBatches(instance, inputs, [], count, batchSize, instance.forwardBy(weights));
}

async function inBatches(
  instance: Instance,
  inputs: readonly NdArray[],
  targets: readonly NdArray[],
  count: number,
  batchSize: number,
  run: (x: Tensor[], y: Tensor[], rows: number) => readonly Tensor[],
): Promise<Tensor[]> {
  const { outputShapes } = instance.network;
  const parts: NdArray[][] = outputShapes.map(() => []);
  const breathe = makeBreather();
  for (let from = 0; from < count; from += batchSize) {
    const to = Math.min(from + batchSize, count);
    const batch = (arrays: readonly NdArray[]) =>
      arrays.map((array) => toTensor(rowsBetween(array, from, to)));
    const outputs = run(batch(inputs), batch(targets), to - from);
    outputs.forEach((output, i) => {
      parts[i]!.push({ ...output.type, data: elementsOf(output) });
    });
    await breathe();
  }
  return parts.map((rows) => toTensor(joinRows(rows)));
}
