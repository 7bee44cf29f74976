// A checkpoint: everything a run needs to go on as if it had never stopped, in one safetensors file.

import {
  expectArgument,
  expectOptions,
  instance,
  type Kinds,
  listOf,
  object,
} from "../../checks/arguments.ts";
import { ArgumentError, FileError } from "../../checks/errors.ts";
import {
  type Bytes,
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
} from "../../formats/index.ts";
import { isRecord, showJson } from "../../formats/json.ts";
import { parseJson } from "../../formats/parse-json.ts";
import {
  type Architecture,
  parseArchitecture,
  parseRunSpec,
  type RunSpec,
} from "../../spec/runspec.ts";
import type { Callback, EpochLogs, Snapshot } from "../callbacks/index.ts";
import { Model } from "../model/model.ts";

/** What a checkpoint holds: enough to go on with a run as if it had not stopped. */
export interface Checkpoint {
  /** Null for a model that no run specification describes. */
  readonly spec: RunSpec | null;
  /** What to build; null where there is a spec, or where a layer is of the user's own. */
  readonly architecture: Architecture | null;
  /** The epochs done, with their figures. */
  readonly epochs: readonly EpochLogs[];
  readonly variables: ReadonlyMap<string, StoredTensor>;
  readonly callbacks: Readonly<Record<string, unknown>>;
}

/** How far a run has come, and what it is. */
export interface CheckpointProgress {
  readonly spec?: RunSpec | null;
  readonly epochs: readonly EpochLogs[];
  readonly callbacks?: readonly Callback[];
}

const PROGRESS: Kinds<CheckpointProgress> = {
  spec: object,
  epochs: listOf(object),
  callbacks: listOf(object),
};

/** Prefix of the variables that a callback keeps, as "callback:earlyStopping/params/dense1/w". */
export const CALLBACK = "callback:";
/** First part of the names of averaged weights, as "average/dense1/w". */
export const AVERAGE = "average";
const VERSION = 1;

/**
 * The file's bytes.
 * @throws ArgumentError for what is no model, and where the epochs done are not given
 */
export function encodeCheckpoint(model: Model, progress: CheckpointProgress): Uint8Array {
  expectModel("encodeCheckpoint", model);
  const { spec = null, ...given } = progress ?? {};
  expectOptions("encodeCheckpoint", { ...given, ...(spec && { spec }) }, PROGRESS, ["epochs"]);
  const { epochs, callbacks = [] } = progress;
  expectOwnNames(callbacks);
  const tensors = new Map(namedTensors(model, "", model.state.snapshot()));
  const states: Record<string, unknown> = {};
  for (const callback of callbacks) {
    if (callback.save) states[callback.name] = callback.save();
    const kept = callback.saveTensors?.();
    if (kept) {
      for (const [name, tensor] of namedTensors(model, `${CALLBACK}${callback.name}/`, kept)) {
        tensors.set(name, tensor);
      }
    }
  }
  const architecture = spec ? null : architectureOf(model);
  return encodeFile(tensors, { spec, architecture, epochs, callbacks: states });
}

/** What callbacks remember is found again by their names. @throws ArgumentError where two share one */
function expectOwnNames(callbacks: readonly Callback[]): void {
  const names = callbacks
    .filter(({ save, saveTensors }) => save || saveTensors)
    .map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new ArgumentError(
    `encodeCheckpoint: two callbacks are called "${twice}", so that one would be restored as the other. ` +
      "Give them names of their own: { ...earlyStopping(options), name: ... }",
  );
}

/** The bytes of a checkpoint's file, from its parts. */
export function encodeFile(
  tensors: ReadonlyMap<string, StoredTensor>,
  about: Omit<Checkpoint, "variables">,
): Uint8Array {
  return encodeSafetensors(tensors, { neurite: JSON.stringify({ version: VERSION, ...about }) });
}

/** @throws ArgumentError */
export function expectModel(where: string, model: unknown): void {
  expectArgument(where, "model", model, instance("a model", Model));
}

/** Null where the network holds a layer that no specification can describe. */
export function architectureOf(model: Model): Architecture | null {
  const { network, dtype, seed } = model.instance;
  return network.spec && { network: network.spec, dtype, seed };
}

/** Variables of a model as a file holds them. */
export function namedTensors(
  model: Model,
  prefix: string,
  snapshot: Snapshot,
): [string, StoredTensor][] {
  return [...snapshot].map(([name, data]) => {
    const { dtype, shape } = model.state.variables.get(name)!.type;
    return [prefix + name, { dtype, shape, data }];
  });
}

/** @throws FileError or ArgumentError for bytes that are no checkpoint of this version */
export function decodeCheckpoint(bytes: Bytes): Checkpoint {
  const { tensors, metadata, unread } = decodeSafetensors(bytes);
  const text = metadata["neurite"];
  if (text === undefined)
    refuse("these weights hold no run; loadWeights() reads the numbers alone");
  for (const [name, type] of unread) refuse(`"${name}" is of an unknown element type, "${type}"`);
  const about = parseJson("checkpoint: what it says of its run", text);
  if (!isRecord(about)) refuse(`what it says of its run is ${showJson(about)}, expected an object`);
  const { version, spec, architecture, epochs, callbacks } = about;
  if (version !== VERSION) refuse(`expected version ${VERSION}, received ${showJson(version)}`);
  if (!Array.isArray(epochs) || !epochs.every(isEpoch)) refuse("its list of epochs is damaged");
  return {
    spec: isGiven(spec) ? parseRunSpec(spec) : null,
    architecture: isGiven(architecture) ? parseArchitecture(architecture) : null,
    epochs: epochs.map(withNaN),
    variables: tensors,
    callbacks: isGiven(callbacks) ? statesOf(callbacks) : {},
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function statesOf(callbacks: unknown): Record<string, unknown> {
  if (isRecord(callbacks)) return callbacks;
  refuse(`its states of callbacks are ${showJson(callbacks)}, expected an object`);
}

/** Epochs are numbered from 0 without a gap, and hold nothing but numbers. */
function isEpoch(row: unknown, place: number): boolean {
  return (
    isRecord(row) &&
    row["epoch"] === place &&
    Object.values(row).every((value) => typeof value === "number" || value === null)
  );
}

/** JSON has no NaN and no infinity: it holds null in their place. */
function withNaN(row: Readonly<Record<string, number | null>>): EpochLogs {
  const entries = Object.entries(row).map(([name, value]) => [name, value ?? Number.NaN]);
  return Object.fromEntries(entries) as EpochLogs;
}

function refuse(problem: string): never {
  throw new FileError(`checkpoint: ${problem}`);
}
