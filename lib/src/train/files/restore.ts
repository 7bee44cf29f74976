// Puts what a file holds into a model: its whole state, or the weights alone.

import { expectArgument, type Kind, listOf, object, show } from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import { isBytes } from "../../formats/bytes.ts";
import {
  type Bytes,
  decodeSafetensors,
  type Safetensors,
  type StoredTensor,
} from "../../formats/index.ts";
import { allocate, type DataArray, isFloat } from "../../ir/dtype.ts";
import { sameShape } from "../../ir/shape.ts";
import { showType, type TensorType } from "../../ir/type.ts";
import type { Callback } from "../callbacks/index.ts";
import type { Model } from "../model/model.ts";
import { AVERAGE, CALLBACK, type Checkpoint, expectModel } from "./checkpoint.ts";

/** How much of a checkpoint a model took: everything, or only what does not belong to training. */
export type Restored = "whole" | "weights";

/** Sections of a checkpoint that belong to training: optimizer slots, the rate, the steps taken. */
const OF_TRAINING = new Set(["slots", "learningRate", "step", AVERAGE]);

const CHECKPOINT: Kind = {
  says: "a checkpoint, as decodeCheckpoint() gives it",
  fits: (value) => object.fits(value) && isMap((value as Checkpoint).variables),
};

/**
 * Puts a model and its callbacks into the state of a checkpoint, so that training goes on as if it had
 * never stopped. Into a model that is not compiled, or has another optimizer, go the weights alone (and
 * running statistics): it predicts as the saved one did, and its own optimizer stays as it is.
 * @throws ArgumentError where the layers are not those of the checkpoint, or where callbacks are to go on
 * with another optimizer; the model is not changed then
 */
export function restoreCheckpoint(
  model: Model,
  checkpoint: Checkpoint,
  callbacks: readonly Callback[] = [],
): Restored {
  expectModel("restoreCheckpoint", model);
  expectArgument("restoreCheckpoint", "checkpoint", checkpoint, CHECKPOINT);
  expectArgument("restoreCheckpoint", "callbacks", callbacks, listOf(object));
  const own = new Map<string, StoredTensor>();
  const kept = new Map<string, Map<string, StoredTensor>>();
  for (const [name, tensor] of checkpoint.variables) {
    const [callback, variable] = splitName(name);
    if (callback === null) own.set(variable, tensor);
    else kept.set(callback, (kept.get(callback) ?? new Map()).set(variable, tensor));
  }
  expectSameLayers(model, own);
  const whole = isOfSameTraining(model, own);
  if (!whole) expectNoCallbacks(callbacks);
  for (const { name } of callbacks) expectKept(model, name, kept.get(name));
  for (const callback of callbacks) loadCallback(callback, checkpoint, kept.get(callback.name));
  if (!whole) sayWhatStays(model, own);
  const taken = [...(whole ? own : judged(own))].filter(([name]) => whole || !isOfTraining(name));
  write(model, new Map(taken.map(([name, { data }]) => [name, data])));
  return whole ? "whole" : "weights";
}

function splitName(name: string): [callback: string | null, variable: string] {
  if (!name.startsWith(CALLBACK)) return [null, name];
  const slash = name.indexOf("/");
  return [name.slice(CALLBACK.length, slash), name.slice(slash + 1)];
}

/** The weights that the model predicted by: their mean over the training, where one was kept. */
export function judged(stored: Stored): Map<string, StoredTensor> {
  return new Map(
    [...stored].map(([name, tensor]) => {
      const mean = name.startsWith("params/")
        ? stored.get(name.replace("params", AVERAGE))
        : undefined;
      return [name, mean ?? tensor];
    }),
  );
}

function isOfTraining(name: string): boolean {
  return OF_TRAINING.has(name.split("/", 1)[0]!);
}

type Stored = ReadonlyMap<string, StoredTensor>;

function expectSameLayers(model: Model, stored: Stored): void {
  const { variables } = model.state;
  for (const [name, tensor] of stored) {
    if (isOfTraining(name)) continue;
    const type = variables.get(name)?.type;
    if (!type) throw new ArgumentError(`checkpoint: this model has no variable "${name}"`);
    expectSameType("checkpoint", name, tensor, type);
  }
  for (const name of variables.keys()) {
    if (isOfTraining(name) || stored.has(name)) continue;
    throw new ArgumentError(`checkpoint: it holds no "${name}", which this model has`);
  }
}

function expectSameType(where: string, name: string, there: TensorType, here: TensorType): void {
  if (there.dtype === here.dtype && sameShape(there.shape, here.shape)) return;
  throw new ArgumentError(
    `${where}: "${name}" is ${showType(there)} there and ${showType(here)} in this model`,
  );
}

function isOfSameTraining(model: Model, stored: Stored): boolean {
  const here = [...model.state.variables].filter(([name]) => isOfTraining(name));
  const there = [...stored.keys()].filter(isOfTraining);
  return (
    here.length === there.length &&
    here.every(([name, { type }]) => {
      const tensor = stored.get(name);
      return tensor?.dtype === type.dtype && sameShape(tensor.shape, type.shape);
    })
  );
}

function expectNoCallbacks(callbacks: readonly Callback[]): void {
  if (callbacks.length === 0) return;
  throw new ArgumentError(
    "checkpoint: it was saved with another optimizer, or without one; callbacks cannot go on there",
  );
}

/** A model that is not compiled has nothing that could stay: nothing is said of it. */
function sayWhatStays(model: Model, stored: Stored): void {
  const hasOptimizer = (names: Iterable<string>) =>
    [...names].some((name) => name === "learningRate");
  if (!hasOptimizer(model.state.variables.keys()) || !hasOptimizer(stored.keys())) return;
  console.warn(
    "neurite: restoreCheckpoint: the checkpoint was saved with another optimizer; " +
      "the weights are restored, and this model's optimizer stays as it is.",
  );
}

/** What a callback keeps is a whole state of the model, to be put back one day. */
function expectKept(model: Model, callback: string, kept: Stored | undefined): void {
  if (!kept) return;
  expectSameLayers(model, kept);
  if (isOfSameTraining(model, kept)) return;
  throw new ArgumentError(
    `checkpoint: what the callback "${callback}" keeps is of another optimizer`,
  );
}

function loadCallback(
  callback: Callback,
  { callbacks }: Checkpoint,
  kept: Stored | undefined,
): void {
  const { name } = callback;
  const tensors = kept && new Map([...kept].map(([variable, { data }]) => [variable, data]));
  try {
    if (Object.hasOwn(callbacks, name)) callback.load?.(callbacks[name]);
    if (tensors) callback.loadTensors?.(tensors);
  } catch (cause) {
    if (cause instanceof NeuriteError) throw cause;
    throw new ArgumentError(
      `checkpoint: the state of the callback "${name}" is damaged: ${show(callbacks[name])}`,
      { cause },
    );
  }
}

/** Some variables of the model get other numbers. */
function write(model: Model, data: ReadonlyMap<string, DataArray>): void {
  model.state.restore(new Map([...model.state.snapshot(), ...data]));
}

/** Weights by name, in any of the forms in which one has them. */
export type WeightSource = Bytes | Checkpoint | Safetensors | ReadonlyMap<string, StoredTensor>;

/**
 * Puts weights into any model of the same layers, whatever its loss and optimizer, and whether it is
 * compiled or not. They come from a checkpoint, the bytes of one, of saveModel() or of any other
 * safetensors file, or as a map of arrays by name: "params/dense1/w", or "dense1/w" for short. Floats
 * become the model's float type, as cast() does it. The optimizer stays as it is.
 * @throws ArgumentError where names or shapes are not those of the model, which is not changed then
 */
export function loadWeights(model: Model, weights: WeightSource): void {
  expectModel("loadWeights", model);
  const stored = judged(tensorsOf(weights));
  const names = new Set([...stored.keys()].filter((name) => !isOther(name)));
  const left = new Set(names);
  const data = new Map<string, DataArray>();
  for (const [name, { type }] of weightsOf(model)) {
    const short = name.slice(name.indexOf("/") + 1);
    const found = stored.has(name) ? name : short;
    const tensor = stored.get(found);
    if (!tensor) throw new ArgumentError(`loadWeights: expected "${short}"; ${listed(names)}`);
    left.delete(found);
    data.set(name, fitted(short, tensor, type));
  }
  if (left.size > 0) throw new ArgumentError(`loadWeights: this model has none of ${quoted(left)}`);
  write(model, data);
}

/** Parameters and running statistics: what a model has before it is compiled, but for the step counter. */
export function weightsOf(model: Model): Map<string, { readonly type: TensorType }> {
  const { params, layerState } = model.instance;
  const own = new Set([...params.variables.values(), ...layerState.variables.values()]);
  return new Map([...model.state.variables].filter(([, variable]) => own.has(variable)));
}

/** What checkpoints hold beside the weights. */
function isOther(name: string): boolean {
  return isOfTraining(name) || splitName(name)[0] !== null;
}

function tensorsOf(weights: WeightSource): Stored {
  if (isBytes(weights)) return decodeSafetensors(weights).tensors;
  if (isMap(weights)) return weights;
  const inside = object.fits(weights) ? (weights as Checkpoint & Safetensors) : undefined;
  const map = inside?.variables ?? inside?.tensors;
  if (isMap(map)) return map;
  throw new ArgumentError(
    "loadWeights: expected a checkpoint, the bytes of a file, or a Map of arrays { dtype, shape, data } " +
      `by name, received ${show(weights)}`,
  );
}

function isMap(value: unknown): value is ReadonlyMap<string, never> {
  return Object.prototype.toString.call(value) === "[object Map]";
}

function fitted(name: string, tensor: StoredTensor, type: TensorType): DataArray {
  const { dtype, shape, data } = tensor;
  const isSame = dtype === type.dtype || (isFloat(dtype) && isFloat(type.dtype));
  if (!isSame || !sameShape(shape, type.shape)) expectSameType("loadWeights", name, tensor, type);
  if (dtype === type.dtype) return data;
  const cast = allocate(type.dtype, data.length);
  cast.set(data);
  return cast;
}

function listed(names: ReadonlySet<string>): string {
  return names.size === 0 ? "there are no weights here" : `there are ${quoted(names)}`;
}

const MOST = 6;

function quoted(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, MOST).map((name) => JSON.stringify(name));
  return shown.join(", ") + (names.size > MOST ? ` and ${names.size - MOST} more` : "");
}
