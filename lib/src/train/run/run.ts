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
import type { Dataset } from "../../data/dataset.ts";
import type { FloatDType } from "../../nn/layers/layer.ts";
import { networkFromSpec } from "../../nn/network/from-spec.ts";
import type { Network } from "../../nn/network/network.ts";
import type { ScheduleSpec } from "../../nn/schedules/index.ts";
import { parseNetwork, parseRunSpec, type RunSpec } from "../../spec/runspec.ts";
import {
  type Callback,
  type EpochLogs,
  earlyStopping,
  halveLearningRate,
} from "../callbacks/index.ts";
import type { History } from "../loop/history.ts";
import { Model } from "../model/model.ts";
import type { Exchange } from "../ranks/exchange.ts";
import { classWeightOf } from "./class-weight.ts";
import { compiledModel, type Machine } from "./compiled-model.ts";

/**
 * The network that a spec describes.
 * @param dtype what the model computes in: a layer that makes floats of its inputs makes these
 * @throws ArgumentError or ShapeError naming the bad field
 */
export function networkOf(spec: RunSpec["model"], dtype: FloatDType = "float32"): Network {
  return networkFromSpec(parseNetwork(spec), dtype);
}

/**
 * The model of a spec, compiled and ready to train.
 * @param machine how many threads compute here, which changes no result
 */
export function modelOf(input: RunSpec, machine: Machine = {}): Model {
  const spec = parseRunSpec(input);
  return compiledModel(spec, networkFromSpec(spec.model, spec.dtype), machine);
}

/** Options of a run that its specification does not say. */
export interface RunOptions {
  readonly callbacks?: readonly Callback[];
  /** Epochs that a checkpoint has done already; see checkpoint.ts. */
  readonly resume?: readonly EpochLogs[];
  /** Those that train the same model together with this one; see fit(). */
  readonly exchange?: Exchange;
}

const OPTIONS: Kinds<RunOptions> = {
  callbacks: listOf(object),
  resume: listOf(object),
  exchange: object,
};
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
  const { callbacks = [], resume = [], exchange } = options;
  const { epochs, batchSize, accumulate, shuffle, validationSplit, classWeights } = spec.training;
  // A run of no epochs is the network as it begins.
  if (epochs === 0) return Promise.resolve({ epochs: [...resume], stopped: null });
  const { schedule } = spec;
  return await model.fit(data.train.x, data.train.y, {
    epochs,
    batchSize,
    progress: false,
    callbacks,
    resume,
    ...(exchange && { exchange }),
    ...(accumulate !== undefined && { accumulate }),
    ...(shuffle !== undefined && { shuffle }),
    ...(validationSplit !== undefined && { validationSplit }),
    ...(classWeights !== undefined && { classWeight: classWeightOf(classWeights, data) }),
    ...(schedule && { schedule: schedule as ScheduleSpec }), // fit() looks its name up
  });
}

/** The same record without undefined entries, which exact optional properties refuse. */
function defined<T extends object>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
