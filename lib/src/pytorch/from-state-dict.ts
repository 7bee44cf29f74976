// A state_dict of PyTorch as the weights of a model of ours: which module is which layer, and what is turned.

import { expectOptions, type Kinds, object, oneOf } from "../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../checks/errors.ts";
import { shortened, unknownName } from "../checks/nearest.ts";
import { type Bytes, isBytes } from "../formats/bytes.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import { allocate } from "../ir/dtype.ts";
import { type Shape, showShape, sizeOf } from "../ir/shape.ts";
import { expectModel } from "../train/files/checkpoint.ts";
import { weightsOf } from "../train/files/restore.ts";
import type { Model } from "../train/model/model.ts";
import { type Matched, matchModules } from "./match.ts";
import { type FlattenOrder, torchModules } from "./modules.ts";
import { readStateDict } from "./read.ts";
import { hasJoinedAttention, type SourceModule, sourceModules, splitLast } from "./sources.ts";
import { type TensorRow, toOurs } from "./tensor-row.ts";

/** Options of fromStateDict(). */
export interface FromStateDictOptions {
  /**
   * Which layer a module is, where names and shapes do not tell: `{ "encoder.fc": "dense1" }`. A whole name of a
   * tensor goes to one of a module, as `{ "pos": "positionEmbedding1.weight" }`; null leaves out what stands there.
   */
  readonly map?: Readonly<Record<string, string | null>>;
  /**
   * How the program flattened pictures: "channelsFirst", as PyTorch has them, or "channelsLast". By default what
   * the file says, where Neurite wrote it, else channels first.
   */
  readonly flatten?: FlattenOrder;
}

const OPTIONS: Kinds<FromStateDictOptions> = {
  map: object,
  flatten: oneOf("channelsFirst", "channelsLast"),
};

/** Weights that came from PyTorch, for loadWeights(). */
export interface ImportedStateDict {
  readonly weights: Map<string, StoredTensor>;
  /** What became of each tensor, a line each. */
  readonly told: readonly string[];
  /** Modules that only the alphabet ordered among others of their shapes, and the layers they went to. */
  readonly guessed: readonly string[];
  /** What the file does not say and the outputs depend on, a line each. */
  readonly notes: readonly string[];
}

/** As many names as an error lists. */
const MOST_NAMES = 20;

/** Under this name a file of ours says how pictures are flattened. */
export const FLATTEN_KEY = "neurite.flatten";

/**
 * A PyTorch program's state_dict as the weights of a model with the same layers. Modules are found by name
 * where names agree, else by the shapes of their tensors, in the order of their names. Matrices and kernels are
 * turned into our layouts, gates of recurrent cells put into our order, and their two biases added.
 * @param source bytes of a safetensors file, or its tensors by name
 * @throws ArgumentError naming a layer that PyTorch has no like of, a module that fits no layer or a layer that no
 * module fits, with the nearest ones; FileError for damage, and for a pickle
 */
export function fromStateDict(
  model: Model,
  source: Bytes | ReadonlyMap<string, StoredTensor>,
  options: FromStateDictOptions = {},
): ImportedStateDict {
  expectModel("fromStateDict", model);
  expectOptions("fromStateDict", options, OPTIONS);
  const { tensors, metadata } = isBytes(source)
    ? readStateDict(source)
    : { tensors: expectTensors(source), metadata: {} as Readonly<Record<string, string>> };
  expectTheirs(tensors);
  const own = weightsOf(model);
  const flatten = options.flatten ?? orderIn(metadata[FLATTEN_KEY]);
  const modules = torchModules(model.network, {
    flatten,
    isJoined: hasJoinedAttention(tensors),
    shapes: parametersOf(own),
  });
  const { sources, map } = renamed(tensors, options.map ?? {});
  const matched = matchModules(modules, sources, map);
  const shapes = new Map([...own].map(([name, { type }]) => [name, type.shape]));
  const weights = new Map<string, StoredTensor>();
  const isDouble = [...own.values()].some(({ type }) => type.dtype === "float64");
  const told = matched.flatMap((one) => brought(one, shapes, weights, isDouble));
  for (const [name, { type }] of own) {
    const found = weights.get(name);
    if (found)
      weights.set(name, { ...found, data: cast(found.data, type.dtype), dtype: type.dtype });
    // What goes on from batch to batch begins anew.
    else weights.set(name, zeros(type.shape, type.dtype));
  }
  return {
    weights,
    told,
    guessed: matched.flatMap(({ by, module, source: { name } }) =>
      by === "alphabet" ? [`${name} -> ${module.layer}`] : [],
    ),
    notes: [
      ...new Set(
        modules.flatMap(({ layer, note }) => (note === undefined ? [] : [`${layer}: ${note}`])),
      ),
    ],
  };
}

function expectTensors(source: unknown): ReadonlyMap<string, StoredTensor> {
  const isMap = Object.prototype.toString.call(source) === "[object Map]";
  if (isMap) return source as ReadonlyMap<string, StoredTensor>;
  throw new ArgumentError(
    "fromStateDict: expected the bytes of a safetensors file, or a Map of its tensors { dtype, shape, data }",
  );
}

/** More than any program has: each is compared with each layer. */
const MOST_TENSORS = 50_000;

/** @throws ArgumentError for weights that Neurite saved, and for more than can be compared */
function expectTheirs(tensors: ReadonlyMap<string, StoredTensor>): void {
  if (tensors.size > MOST_TENSORS) {
    throw new ArgumentError(
      `fromStateDict: expected at most ${MOST_TENSORS} tensors, received ${tensors.size}`,
    );
  }
  const name = [...tensors.keys()].find((one) => one.startsWith("params/"));
  if (name === undefined) return;
  throw new ArgumentError(
    `"${shortened(name)}" is a name that Neurite gives: these weights are its own, for loadModel() or loadWeights()`,
  );
}

const orderIn = (said: string | undefined): FlattenOrder =>
  said === "channelsLast" ? said : "channelsFirst";

/** The shapes of parameters, by their path in the network. */
export function parametersOf(own: ReturnType<typeof weightsOf>): Record<string, Shape> {
  const params = [...own].filter(([name]) => name.startsWith("params/"));
  return Object.fromEntries(
    params.map(([name, { type }]) => [name.slice("params/".length), type.shape]),
  );
}

/**
 * Modules, with tensors under the names that the map gives them; and what the map says of modules.
 * @throws ArgumentError for a name that the file does not have
 */
function renamed(
  tensors: ReadonlyMap<string, StoredTensor>,
  given: Readonly<Record<string, string | null>>,
): { sources: SourceModule[]; map: ReadonlyMap<string, string | null> } {
  const entries = Object.entries(given);
  const wrong = entries.find(([, to]) => to !== null && (typeof to !== "string" || to === ""));
  if (wrong) {
    throw new ArgumentError(
      `map: expected the name of a layer or null for "${wrong[0]}", received ${String(wrong[1])}`,
    );
  }
  const ofTensors = new Map(entries.filter(([name]) => tensors.has(name)));
  const named = new Map<string, StoredTensor>();
  const ways = new Map<string, string>();
  for (const [name, tensor] of tensors) {
    const to = ofTensors.get(name);
    if (to === null) continue;
    named.set(to ?? name, tensor);
    ways.set(to ?? name, name);
  }
  const sources = sourceModules(named).map((module) => ({
    ...module,
    full: new Map([...module.full].map(([part, name]) => [part, ways.get(name) ?? name])),
  }));
  const names = sources.map(({ name }) => name);
  const map = new Map(entries.filter(([name]) => !ofTensors.has(name)));
  for (const name of map.keys()) {
    if (!names.includes(name))
      throw unknownName("module of the file in the map", name, names.slice(0, MOST_NAMES));
  }
  for (const to of ofTensors.values()) {
    const module = to === null ? "" : splitLast(to)[0];
    if (module !== "" && !map.has(module)) map.set(module, module);
  }
  return { sources, map };
}

/** Puts the tensors of a module where they belong, and tells it. */
function brought(
  { module, source }: Matched,
  shapes: ReadonlyMap<string, Shape>,
  into: Map<string, StoredTensor>,
  isDouble: boolean,
): string[] {
  return module.tensors.flatMap((row) => {
    const theirs = source.tensors.get(row.name);
    if (!theirs) return [];
    const name = source.full.get(row.name)!;
    try {
      toOurs(row, theirs, shapes, into);
    } catch (error) {
      if (error instanceof NeuriteError) error.locate("tensor", name);
      throw error;
    }
    const rounded = theirs.dtype === "float64" && !isDouble ? ", rounded to float32" : "";
    return row.isCounter ? [] : [`${name} ${showShape(theirs.shape)} -> ${whereTo(row)}${rounded}`];
  });
}

function whereTo(row: TensorRow): string {
  const { of, perm, gates, view, addedTo, filled } = row;
  if (addedTo !== undefined) return `added to ${addedTo}`;
  if (of.length === 0) return `nothing: ${filled} everywhere`;
  const turned = [
    ...(perm && !view ? [`axes ${perm.map((_, axis) => perm.indexOf(axis)).join(" ")}`] : []),
    ...(perm && view ? ["axes 1 0, rows from channels first to channels last"] : []),
    ...(gates ? [`gates in the order ${gates.map((_, i) => gates.indexOf(i)).join(" ")}`] : []),
  ];
  return [of.join(" + "), ...turned].join(", ");
}

function cast(data: StoredTensor["data"], dtype: StoredTensor["dtype"]): StoredTensor["data"] {
  const out = allocate(dtype, data.length);
  out.set(data);
  return out;
}

function zeros(shape: Shape, dtype: StoredTensor["dtype"]): StoredTensor {
  return {
    dtype,
    shape,
    data: allocate(dtype, sizeOf(shape)),
  };
}
