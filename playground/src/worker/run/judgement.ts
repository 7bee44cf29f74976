// How a run does in one state: what its network answers to all examples, run through it once.

import { type EvaluatedPredictions, evaluationOf, type Predictions } from "neurite/timeline";
import type { Metrics } from "../../protocol/index.ts";
import type { LiveRun } from "./live-run.ts";

export interface Judgement {
  readonly metrics: Metrics;
  readonly train: Predictions;
  /** Null where there is nothing to test with. */
  readonly test: Predictions | null;
}

/** Losses, metrics and answers, as they are now. */
export async function judgementOf({ timeline: { model }, data }: LiveRun): Promise<Judgement> {
  const { train, test } = data.fitted;
  const [trained, tested] = await evaluated();
  const { loss: trainLoss, ...ofTrain } = trained.evaluation;
  if (!tested) {
    const metrics = { trainLoss, testLoss: null, train: ofTrain, test: {} };
    return { metrics, train: trained.predictions, test: null };
  }
  const { loss: testLoss, ...ofTest } = tested.evaluation;
  return {
    metrics: { trainLoss, testLoss, train: ofTrain, test: ofTest },
    train: trained.predictions,
    test: tested.predictions,
  };

  async function evaluated(): Promise<
    readonly [EvaluatedPredictions, EvaluatedPredictions | null]
  > {
    const first = await evaluationOf(model, train.x, train.y);
    if (test.x.shape[0] === 0) return [first, null];
    // A truth table is its own test.
    if (data.raw.test === data.raw.train) return [first, first];
    return [first, await evaluationOf(model, test.x, test.y)];
  }
}

/** Losses and metrics alone. */
export async function metricsOf(live: LiveRun): Promise<Metrics> {
  return (await judgementOf(live)).metrics;
}
