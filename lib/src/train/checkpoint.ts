// A checkpoint: everything a run needs to go on as if it had never stopped, in one safetensors file.

import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "../formats/index.ts";
import type { DataArray } from "../ir/dtype.ts";
import { ArgumentError } from "../ir/errors.ts";
import type { Callback, EpochLogs, Snapshot } from "./callbacks/index.ts";
import type { Model } from "./model.ts";
import { type RunSpec, readRunSpec } from "./runspec.ts";

export interface Checkpoint {
  /** Null for a model that no spec describes. */
  readonly spec: RunSpec | null;
  /** The epochs done, with their figures. */
  readonly epochs: readonly EpochLogs[];
  readonly variables: ReadonlyMap<string, StoredTensor>;
  readonly callbacks: Readonly<Record<string, unknown>>;
}

/** Prefix of the variables that a callback keeps, as "callback:earlyStopping/params/dense1/w". */
const CALLBACK = "callback:";

/** The file's bytes. */
export function encodeCheckpoint(
  model: Model,
  progress: {
    readonly spec?: RunSpec | null;
    readonly epochs: readonly EpochLogs[];
    readonly callbacks?: readonly Callback[];
  },
): Uint8Array {
  const { spec = null, epochs, callbacks = [] } = progress;
  const tensors = new Map(named(model, "", model.state.snapshot()));
  const states: Record<string, unknown> = {};
  for (const callback of callbacks) {
    if (callback.save) states[callback.name] = callback.save();
    const kept = callback.saveTensors?.();
    if (kept) {
      for (const [name, tensor] of named(model, `${CALLBACK}${callback.name}/`, kept)) {
        tensors.set(name, tensor);
      }
    }
  }
  return encodeSafetensors(tensors, {
    neurite: JSON.stringify({ version: 1, spec, epochs, callbacks: states }),
  });
}

function named(model: Model, prefix: string, snapshot: Snapshot): [string, StoredTensor][] {
  return [...snapshot].map(([name, data]) => {
    const { dtype, shape } = model.state.variables.get(name)!.type;
    return [prefix + name, { dtype, shape, data }];
  });
}

/** @throws FileError or ArgumentError for bytes that are no checkpoint of this version */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const text = metadata["neurite"];
  if (text === undefined) throw new ArgumentError("checkpoint: these weights hold no run");
  const { version, spec, epochs, callbacks } = parse(text);
  if (version !== 1) {
    throw new ArgumentError(`checkpoint: expected version 1, received ${String(version)}`);
  }
  if (!Array.isArray(epochs) || !epochs.every(isEpoch)) {
    throw new ArgumentError("checkpoint: its list of epochs is damaged");
  }
  return {
    spec: spec ? readRunSpec(JSON.stringify(spec)) : null,
    epochs: epochs.map(withNaN),
    variables: tensors,
    callbacks: (callbacks ?? {}) as Record<string, unknown>,
  };
}

/** Epochs are numbered from 0 without a gap, and hold nothing but numbers. */
function isEpoch(row: unknown, place: number): boolean {
  if (typeof row !== "object" || row === null) return false;
  const figures = Object.values(row);
  return (
    (row as EpochLogs).epoch === place &&
    figures.every((value) => typeof value === "number" || value === null)
  );
}

/** JSON has no NaN and no infinity: it holds null in their place. */
function withNaN(row: Readonly<Record<string, number | null>>): EpochLogs {
  const entries = Object.entries(row).map(([name, value]) => [name, value ?? Number.NaN]);
  return Object.fromEntries(entries) as EpochLogs;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new ArgumentError("checkpoint: what it says of its run is not JSON");
  }
}

/**
 * Puts a model and its callbacks into the state of a checkpoint.
 * @throws ArgumentError where the checkpoint has other variables than the model; nothing changes then
 */
export function restoreCheckpoint(
  model: Model,
  checkpoint: Checkpoint,
  callbacks: readonly Callback[] = [],
): void {
  const own = new Map<string, DataArray>();
  const kept = new Map<string, Map<string, DataArray>>();
  for (const [name, tensor] of checkpoint.variables) {
    const [callback, variable] = splitName(name);
    expectFits(model, variable, tensor);
    if (callback === null) own.set(variable, tensor.data);
    else kept.set(callback, (kept.get(callback) ?? new Map()).set(variable, tensor.data));
  }
  model.state.restore(own);
  for (const callback of callbacks) {
    const state = checkpoint.callbacks[callback.name];
    if (state !== undefined) callback.load?.(state);
    const tensors = kept.get(callback.name);
    if (tensors) callback.loadTensors?.(tensors);
  }
}

function splitName(name: string): [callback: string | null, variable: string] {
  if (!name.startsWith(CALLBACK)) return [null, name];
  const slash = name.indexOf("/");
  return [name.slice(CALLBACK.length, slash), name.slice(slash + 1)];
}

function expectFits(model: Model, name: string, { dtype, shape }: StoredTensor): void {
  const type = model.state.variables.get(name)?.type;
  if (!type) throw new ArgumentError(`checkpoint: this model has no variable "${name}"`);
  if (type.dtype !== dtype || type.shape.join() !== shape.join()) {
    throw new ArgumentError(
      `checkpoint: "${name}" is ${dtype}[${shape.join(", ")}] there and ` +
        `${type.dtype}[${type.shape.join(", ")}] in this model`,
    );
  }
}
