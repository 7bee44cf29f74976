// fit() and evaluate() on batches that come one by one.

import {
  anything,
  count,
  either,
  expectOptions,
  flag,
  type Kind,
  type Kinds,
  listOf,
} from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { scheduleOf } from "../../nn/schedules/index.ts";
import { scheduleSpec } from "../../nn/schedules/schedule.ts";
import { tensorsOf } from "../batches/examples.ts";
import { expectCallbacks } from "../callbacks/expect-callbacks.ts";
import { makeBreather } from "../loop/breathe.ts";
import { runEpochs } from "../loop/epochs.ts";
import { type Evaluation, evaluateExamples } from "../loop/evaluate.ts";
import {
  epochLogs,
  examplePair,
  type FitOptions,
  tryValidation,
  withProgress,
} from "../loop/fit.ts";
import type { History } from "../loop/history.ts";
import { checkedExamples } from "../loop/split-examples.ts";
import { meaningsFor } from "../loop/targets.ts";
import type { Instance, PreparedTraining } from "../step/instance.ts";
import { Tallies } from "../step/tallies.ts";
import { CLASS_WEIGHT, type ClassWeight } from "../weights/class-weights.ts";
import { Feed } from "./feed.ts";
import { partsOfBatch } from "./open.ts";
import { type BatchSource, isSource } from "./source.ts";
import { SourceRun } from "./source-run.ts";

/** Options of fit() on a source of batches. */
export interface FitSourceOptions
  extends Pick<FitOptions, "epochs" | "callbacks" | "progress" | "schedule" | "eager" | "resume"> {
  /** Batches of an epoch; without it an epoch ends with its iterator. */
  readonly stepsPerEpoch?: number;
  /** How many batches of an async source may be in memory, the one in use included; 2 by default. */
  readonly prefetch?: number;
  /** Examples, [x, y] or [x, y, { sampleWeight, mask }], or a source of batches. */
  readonly validationData?: FitOptions["validationData"] | BatchSource;
  /** What the examples of a class weigh, by class number. */
  readonly classWeight?: Exclude<ClassWeight, "balanced">;
}

/** Options of evaluate() on a source of batches. */
export type EvaluateSourceOptions = Pick<FitSourceOptions, "prefetch">;

const source: Kind<never> = { says: "a source of batches", fits: isSource };

const OPTIONS: Kinds<FitSourceOptions> = {
  epochs: count,
  stepsPerEpoch: count,
  prefetch: count,
  validationData: either(examplePair, source),
  callbacks: anything, // by expectCallbacks
  progress: flag,
  schedule: scheduleSpec,
  eager: flag,
  resume: listOf(epochLogs),
  classWeight: CLASS_WEIGHT as Kind<Exclude<ClassWeight, "balanced">>,
};

const EVALUATE: Kinds<EvaluateSourceOptions> = { prefetch: count };
const PREFETCH = 2;

export async function fitSource(
  instance: Instance,
  training: PreparedTraining,
  batches: BatchSource,
  options: FitSourceOptions = {},
): Promise<History> {
  expectOptions("fit", options, OPTIONS);
  expectCallbacks("fit", options.callbacks);
  const { epochs = 1, progress = true, resume = [], schedule, prefetch = PREFETCH } = options;
  const callbacks = withProgress(options.callbacks ?? [], progress, epochs);
  const { stepsPerEpoch, eager = false, classWeight, validationData } = options;
  if ((classWeight as unknown) === "balanced") {
    throw new ArgumentError(
      "fit: classWeight: expected numbers, since a source does not tell how many examples a class has, " +
        'received "balanced"',
    );
  }
  const { optimizer } = training;
  if (optimizer.probe) {
    throw new ArgumentError(
      `fit: expected examples in arrays for the optimizer "${optimizer.name}", which compares losses of the same ` +
        "examples, received a source of batches",
    );
  }
  const run = new SourceRun(instance, training, batches, {
    callbacks,
    schedule: schedule === undefined ? null : scheduleOf(schedule, training.optimizer.learningRate),
    stepsPerEpoch,
    prefetch,
    eager,
    classWeight,
    isResumed: resume.length > 0,
    isValidated: validationData !== undefined,
  });
  const judge = judgeOf(instance, training, validationData, prefetch);
  try {
    return await runEpochs(run, { epochs, callbacks, resume, judge });
  } finally {
    await run.close();
  }
}

function judgeOf(
  instance: Instance,
  training: PreparedTraining,
  data: FitSourceOptions["validationData"],
  prefetch: number,
): () => Promise<Evaluation | Record<string, never>> {
  if (data === undefined) return async () => ({});
  if (isSource(data))
    return () => judgeSource("fit: validationData", instance, training, data, prefetch);
  const [x, y, weights] = data;
  const examples = checkedExamples("fit: validationData", instance, training, x, y, weights);
  tryValidation(training, examples);
  return () => evaluateExamples(training, examples);
}

/** The mean loss and the metrics over all batches of a source. */
export async function evaluateSource(
  instance: Instance,
  training: PreparedTraining,
  batches: BatchSource,
  options: EvaluateSourceOptions = {},
): Promise<Evaluation> {
  expectOptions("evaluate", options, EVALUATE);
  return await judgeSource("evaluate", instance, training, batches, options.prefetch ?? PREFETCH);
}

async function judgeSource(
  where: string,
  instance: Instance,
  training: PreparedTraining,
  batches: BatchSource,
  prefetch: number,
): Promise<Evaluation> {
  const tallies = new Tallies(training);
  const feed = new Feed(where, batches, prefetch);
  const breathe = makeBreather();
  let meanings: ReturnType<typeof meaningsFor> | null = null;
  let done = 0;
  const judgeOne = async (): Promise<boolean> => {
    const batch = await feed.next();
    if (batch === null) return false;
    const place = `${where}: batch ${++done}`;
    const { x, y, weights } = partsOfBatch(place, batch);
    const examples = checkedExamples(place, instance, training, x, y, weights);
    const tensors = tensorsOf(examples);
    meanings = meaningsFor(training, examples.y);
    tallies.add(tensors, training.lossOf(tensors.x, tensors.y, tensors.w), meanings);
    return true;
  };
  try {
    await feed.begin(0);
    while (await judgeOne()) await breathe();
  } finally {
    await feed.close();
  }
  if (meanings === null) {
    throw new NeuriteError(
      `${where}: the source of batches gave none. A generator runs once: a function that makes one can be ` +
        "asked again.",
    );
  }
  return { ...tallies.figures(meanings) };
}
