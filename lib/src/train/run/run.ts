// Carries out a RunSpec: builds its model, trains it, and goes on from checkpoints.

import {
  expectArgument,
  expectOptions,
  instance,
  type Kind,
  type Kinds,
  listOf,
  object,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Dataset } from "../../data/dataset.ts";
import { defaultEngine, type EngineOptions, engineNamed } from "../../engines/choose.ts";
import type { Engine } from "../../engines/engine.ts";
import { referenceEngine } from "../../engines/reference/reference.ts";
import type { FloatDType } from "../../nn/layers/layer.ts";
import { lossOf } from "../../nn/losses/index.ts";
import { metricOf } from "../../nn/metrics/index.ts";
import { networkFromSpec } from "../../nn/network/from-spec.ts";
import type { Network } from "../../nn/network/network.ts";
import { clipOf, optimizerOf } from "../../nn/optimizers/index.ts";
import { regularizerOf } from "../../nn/regularizers/index.ts";
import { type ScheduleSpec, scheduleOf } from "../../nn/schedules/index.ts";
import { atField } from "../../spec/at-field.ts";
import { parseNetwork, parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import { averageOf } from "../average.ts";
import {
  type Callback,
  type EpochLogs,
  earlyStopping,
  halveLearningRate,
} from "../callbacks/index.ts";
import type { History } from "../loop/history.ts";
import { Model } from "../model/model.ts";

/**
 * The network that a spec describes.
 * @param dtype what the model computes in: a layer that makes floats of its inputs makes these
 * @throws ArgumentError or ShapeError naming the bad field
 */
export function networkOf(spec: RunSpec["model"], dtype: FloatDType = "float32"): Network {
  return networkFromSpec(parseNetwork(spec), dtype);
}

/** Where there can be no Wasm engine, of which a notice has told, the reference engine runs the spec. */
function engineOf({ engine, deterministic = false }: RunSpec, machine: Machine): Engine {
  if (engine === "wasm" && defaultEngine() === referenceEngine) return referenceEngine;
  return engineNamed(engine, { deterministic, ...machine });
}

type Machine = Pick<EngineOptions, "threads">;

/**
 * The model of a spec, compiled and ready to train.
 * @param machine how many threads compute here, which changes no result
 */
export function modelOf(input: RunSpec, machine: Machine = {}): Model {
  const spec = parseRunSpec(input);
  const { seed, dtype } = spec;
  const built = networkFromSpec(spec.model, dtype);
  const engine = engineOf(spec, machine);
  const model = new Model(() => built, { seed, dtype, engine });
  const { schedule } = spec;
  if (schedule) atField("schedule", () => scheduleOf(schedule)); // refused now, not after an hour
  expectOneRate(spec);
  if (schedule && spec.halving) {
    throw new ArgumentError("spec: halving: expected no schedule besides, which sets the rate too");
  }
  return model.compile({
    loss: atField("loss", () => lossOf(spec.loss)),
    optimizer: atField("optimizer", () => optimizerOf(spec.optimizer)),
    metrics: spec.metrics.map((name, i) => atField(`metrics.${i}`, () => metricOf(name))),
    ...(spec.regularizer && {
      regularizer: atField("regularizer", () => regularizerOf(spec.regularizer!)),
    }),
    ...(spec.clip && { clip: atField("clip", () => clipOf(spec.clip!)) }),
    ...(spec.averageWeights && {
      averageWeights: atField("averageWeights", () => {
        averageOf(spec.averageWeights!);
        return spec.averageWeights!;
      }),
    }),
  });
}

/** A schedule sets the rate from the first step on, so that the optimizer's own would mean nothing. */
function expectOneRate({ optimizer, schedule }: RunSpec): void {
  const own = typeof optimizer === "object" ? optimizer["learningRate"] : undefined;
  const rate = typeof schedule === "object" ? schedule["rate"] : undefined;
  if (own === undefined || rate === undefined || own === rate) return;
  throw new ArgumentError(
    `spec: optimizer.learningRate: expected the schedule's rate, ${rate}, or nothing, received ${own}`,
  );
}

/** Options of a run that its specification does not say. */
export interface RunOptions {
  readonly callbacks?: readonly Callback[];
  /** Epochs that a checkpoint has done already; see checkpoint.ts. */
  readonly resume?: readonly EpochLogs[];
}

const OPTIONS: Kinds<RunOptions> = { callbacks: listOf(object), resume: listOf(object) };
const DATA: Kind = {
  says: "a data set, with examples { x, y } under train",
  fits: (value) => object.fits(value) && object.fits((value as Dataset).train),
};

/** The callbacks that the spec itself asks for. */
export function callbacksOf(input: RunSpec): Callback[] {
  const spec = parseRunSpec(input);
  const callbacks: Callback[] = [];
  if (spec.stopping) callbacks.push(earlyStopping(defined(spec.stopping)));
  if (spec.halving) callbacks.push(halveLearningRate(defined(spec.halving)));
  return callbacks;
}

/** Trains a spec's model on its data; validation is the split that the spec asks for. */
export async function trainRun(
  input: RunSpec,
  model: Model,
  data: Dataset,
  options: RunOptions = {},
): Promise<History> {
  const spec = parseRunSpec(input);
  expectArgument("trainRun", "model", model, instance("a model", Model));
  expectArgument("trainRun", "data", data, DATA);
  expectOptions("trainRun", options, OPTIONS);
  const { callbacks = [], resume = [] } = options;
  const { epochs, batchSize, accumulate, shuffle, validationSplit } = spec.training;
  // A run of no epochs is the network as it begins.
  if (epochs === 0) return Promise.resolve({ epochs: [...resume], stopped: null });
  const { schedule } = spec;
  return await model.fit(data.train.x, data.train.y, {
    epochs,
    batchSize,
    progress: false,
    callbacks,
    resume,
    ...(accumulate !== undefined && { accumulate }),
    ...(shuffle !== undefined && { shuffle }),
    ...(validationSplit !== undefined && { validationSplit }),
    ...(schedule && { schedule: schedule as ScheduleSpec }), // fit() looks its name up
  });
}

/** The same record without undefined entries, which exact optional properties refuse. */
function defined<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
