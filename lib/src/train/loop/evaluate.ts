// Running a model over many examples, batch by batch, without training it.

import { count, type Kinds, object, oneOf } from "../../checks/arguments.ts";
import type { NdArray } from "../../ops/define.ts";
import { elementsOf, type Tensor } from "../../runtime/values/tensor.ts";
import type { WhichWeights } from "../average.ts";
import {
  examplesBetween,
  examplesFor,
  inputsFor,
  joinRows,
  type ModelExamples,
  rowsBetween,
  tensorsOf,
  toTensor,
} from "../batches/examples.ts";
import { expectFiniteExamples } from "../batches/expect-examples.ts";
import type { RowsOf } from "../batches/rows.ts";
import { type Exchange, others, ownRows } from "../ranks/exchange.ts";
import { metricsOfMasked } from "../step/figures.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { Tallies } from "../step/tallies.ts";
import { EXAMPLE_WEIGHTS, type ExampleWeights, readWeights } from "../weights/weights.ts";
import { makeBreather } from "./breathe.ts";
import { checkTargets, meaningsFor } from "./targets.ts";

/** The mean loss and each metric by its name. */
export interface Evaluation {
  readonly loss: number;
  readonly [metric: string]: number;
}

/** Options of predict(). */
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

/** Options of evaluate(). */
export interface JudgeOptions extends EvaluateOptions, ExampleWeights {
  /** Judge together with other processes that call evaluate() alike: each runs its part of the examples. */
  readonly exchange?: Exchange;
}

export const JUDGE_OPTIONS: Kinds<JudgeOptions> = {
  ...EVALUATE_OPTIONS,
  ...EXAMPLE_WEIGHTS,
  exchange: object,
};

/** The last batch may be smaller. */
export const DEFAULT_BATCH = 256;

/**
 * Loss without penalty, as a mean over examples; metrics over all predictions at once.
 * @param seen is handed the outputs of every batch, for who wants both in one pass
 */
export async function evaluateModel(
  instance: Instance,
  training: PreparedTraining,
  x: RowsOf,
  y: RowsOf,
  { batchSize, weights, exchange, ...own }: JudgeOptions = {},
  seen?: (outputs: readonly Tensor[]) => void,
): Promise<Evaluation> {
  const { x: inputs, y: targets, count } = examplesFor("evaluate", instance, x, y);
  checkTargets("evaluate", training, targets);
  expectFiniteExamples("evaluate", [], targets);
  const { dtype, network } = instance;
  const { outputShapes } = network;
  const w = readWeights(own, { where: "evaluate", y: targets, outputShapes, dtype });
  const examples = { x: inputs, y: targets, count, ...(w && { w }) };
  const judging = { batchSize, weights, exchange: others(exchange), seen };
  return evaluateExamples(training, examples, judging);
}

interface Judging {
  readonly batchSize?: number | undefined;
  readonly weights?: WhichWeights | undefined;
  readonly exchange?: Exchange | null;
  readonly seen?: ((outputs: readonly Tensor[]) => void) | undefined;
}

/** The same for examples that were read and checked. */
export async function evaluateExamples(
  training: PreparedTraining,
  examples: ModelExamples,
  { batchSize = DEFAULT_BATCH, weights = "average", exchange = null, seen }: Judging = {},
): Promise<Evaluation> {
  // Of all outputs at once, as compute() has it.
  const metrics = metricsOfMasked(training.metrics, () => true);
  const tallies = new Tallies({ ...training, metrics });
  const breathe = makeBreather();
  const { from, to } = ownRows(exchange ?? { rank: 0, size: 1 }, examples.count);
  const ranks = exchange && (await import("../ranks/judgement.ts"));
  const judged = ranks && new ranks.SharedJudgement(exchange, { ...training, metrics }, examples);
  for (let at = from; at < to; at += batchSize) {
    const { x, y, w, rows } = tensorsOf(
      examplesBetween(examples, at, Math.min(at + batchSize, to)),
    );
    const result = training.lossOf(x, y, w, weights);
    seen?.(result.outputs);
    if (judged) judged.add(at, rows, result);
    else tallies.add({ x, y, w, rows }, result, []);
    await breathe();
  }
  const meanings = meaningsFor(training, examples.y);
  return { ...(judged ? await judged.figures(meanings) : tallies.figures(meanings)) };
}

/** The outputs for all examples, one tensor each. */
export async function predictModel(
  instance: Instance,
  x: RowsOf,
  { batchSize = DEFAULT_BATCH, weights = "average" }: EvaluateOptions = {},
): Promise<Tensor[]> {
  const { x: inputs, count } = inputsFor("predict", instance, x);
  const forward = instance.forwardBy(weights);
  const parts: NdArray[][] = instance.network.outputShapes.map(() => []);
  const breathe = makeBreather();
  for (let from = 0; from < count; from += batchSize) {
    const to = Math.min(from + batchSize, count);
    const outputs = forward(inputs.map((array) => toTensor(rowsBetween(array, from, to))));
    outputs.forEach((output, i) => {
      parts[i]!.push({ ...output.type, data: elementsOf(output) });
    });
    await breathe();
  }
  return parts.map((rows) => toTensor(joinRows(rows)));
}
