// Who reads whom in a functional model: as Keras 3 writes it, and as Keras 2 and TF.js do.

import { FileError } from "../../checks/errors.ts";
import { shortened } from "../../checks/nearest.ts";
import { isRecord, showJson } from "../../formats/json.ts";
import { type KerasConfig, refuseConfig } from "../layers/row.ts";
import { type KerasLayer, kerasLayer, plainName } from "./read-layer.ts";

export interface LinkedNode {
  readonly layer: unknown;
  readonly written: KerasLayer;
  readonly reads: readonly string[];
  /** Arguments of ours that are said where the layer is called. */
  readonly args: KerasConfig;
}

export interface Linked {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Each after those that it reads. */
  readonly nodes: readonly LinkedNode[];
}

/** What a layer is given when it is called. */
interface Call {
  /** The names of those whose outputs it takes, in order. */
  readonly reads: readonly string[];
  readonly options: KerasConfig;
}

/** Compares the numbers of an input with 0: how Keras writes the mask of an embedding. */
const MASK = "NotEqual";
const MERGES = ["Add", "Multiply", "Average", "Concatenate"];

/** @throws FileError for what is no graph; ArgumentError naming a layer whose call cannot be said here */
export function linksOf(config: KerasConfig, layers: readonly unknown[]): Linked {
  const written = layers.map(kerasLayer);
  const masks = masksIn(layers, written);
  const nodes = layers.flatMap((layer, i): LinkedNode[] => {
    const own = written[i]!;
    if (masks.has(own.name)) return [];
    if (own.className === "InputLayer") return [{ layer, written: own, reads: [], args: {} }];
    const { reads, options } = callOf(layer, own.name);
    const args = argumentsOf(own, options, masks);
    return [{ layer, written: own, reads: tidyReads(own, reads), args }];
  });
  return {
    inputs: namesAt(config["input_layers"], "inputs"),
    outputs: namesAt(config["output_layers"], "outputs"),
    nodes,
  };
}

/** The names of nodes that are masks of an embedding's input. */
function masksIn(layers: readonly unknown[], written: readonly KerasLayer[]): Set<string> {
  const masked = new Set(
    layers.flatMap((layer, i) => {
      const { className, config, name } = written[i]!;
      return className === "Embedding" && config["mask_zero"] === true
        ? callOf(layer, name).reads
        : [];
    }),
  );
  const masks = new Set<string>();
  layers.forEach((layer, i) => {
    const { className, name } = written[i]!;
    if (className !== MASK) return;
    const { reads } = callOf(layer, name);
    if (reads.length !== 1 || !masked.has(reads[0]!)) {
      refuseConfig(name, "a mask that is none of an embedding's input is not supported");
    }
    masks.add(name);
  });
  return masks;
}

/** ["dense", 0, 0], or a list of these, or an object of them. */
function namesAt(given: unknown, what: string): string[] {
  if (Array.isArray(given) && typeof given[0] === "string") return [plainName(given[0])];
  const list = isRecord(given) ? Object.values(given) : given;
  if (!Array.isArray(list) || list.length === 0) {
    throw new FileError(`Keras: the ${what} of the model are ${showJson(given)}`);
  }
  return list.map((one) => {
    if (Array.isArray(one) && typeof one[0] === "string") return plainName(one[0]);
    throw new FileError(`Keras: the ${what} of the model are ${showJson(given)}`);
  });
}

function callOf(layer: unknown, name: string): Call {
  const calls = isRecord(layer) ? layer["inbound_nodes"] : undefined;
  if (!Array.isArray(calls) || calls.length === 0) {
    throw new FileError(`Keras: the file does not say what "${name}" reads`);
  }
  if (calls.length > 1) {
    refuseConfig(
      name,
      `it stands in ${calls.length} places with the same weights, which is not read`,
    );
  }
  const [call] = calls;
  if (isRecord(call)) {
    const options = isRecord(call["kwargs"]) ? call["kwargs"] : {};
    return { reads: tensorsIn(call["args"], name), options };
  }
  if (!Array.isArray(call))
    throw new FileError(`Keras: "${name}" is called with ${showJson(call)}`);
  const places = typeof call[0] === "string" ? [call] : call;
  const options: KerasConfig[] = [];
  const reads = places.map((place) => {
    const [from, , output, more] = Array.isArray(place) ? place : [];
    if (typeof from !== "string") throw new FileError(`Keras: "${name}" reads ${showJson(place)}`);
    if (output !== 0)
      refuseConfig(
        name,
        `it reads output ${showJson(output)} of ${showJson(from)}; only the first is read`,
      );
    if (isRecord(more)) options.push(more);
    return plainName(from);
  });
  return { reads, options: Object.assign({}, ...options) };
}

/** The tensors among arguments, by the layers that they come from. */
function tensorsIn(given: unknown, reader: string): string[] {
  if (Array.isArray(given)) return given.flatMap((one) => tensorsIn(one, reader));
  if (!isRecord(given) || given["class_name"] !== "__keras_tensor__") return [];
  const history = isRecord(given["config"]) ? given["config"]["keras_history"] : undefined;
  const [from, , output] = Array.isArray(history) ? history : [];
  if (typeof from !== "string")
    throw new FileError(`Keras: "${reader}" reads ${showJson(history)}`);
  if (output !== 0)
    refuseConfig(
      reader,
      `it reads output ${showJson(output)} of ${showJson(from)}; only the first is read`,
    );
  return [plainName(from)];
}

/** What a layer reads, once each: attention is given its input as query and as value. */
function tidyReads({ className, name }: KerasLayer, reads: readonly string[]): readonly string[] {
  if (MERGES.includes(className)) return reads;
  const [first, ...others] = reads;
  if (first === undefined) throw new FileError(`Keras: the file does not say what "${name}" reads`);
  if (className === "MultiHeadAttention") {
    const [value, key = value] = others;
    if (value === undefined || key !== value) {
      return refuseConfig(name, "keys of another place than the values are not supported");
    }
    return value === first ? [first] : [first, value];
  }
  if (others.length === 0) return reads;
  return refuseConfig(
    name,
    `it reads ${reads.length} places: ${reads.join(", ")}; only one is supported`,
  );
}

function argumentsOf(
  { className, name }: KerasLayer,
  options: KerasConfig,
  masks: ReadonlySet<string>,
): KerasConfig {
  const args = Object.entries(options).map(([key, value]): KerasConfig => {
    if (value === null || value === false || key === "training") return {};
    if (className === "MultiHeadAttention" && key === "use_causal_mask") return { causal: true };
    const isMask = /^(query_|value_|key_)?mask$/.test(key);
    if (isMask && tensorsIn(value, name).every((from) => masks.has(from))) return {};
    return refuseConfig(name, `it is called with ${shortened(key)}, which is not supported`);
  });
  return Object.assign({}, ...args);
}
