// TF.js layers models: model.json with the layers, and files beside it with the numbers of the weights.

import { show } from "../../checks/arguments.ts";
import { FileError } from "../../checks/errors.ts";
import { type Bytes, bytesOf } from "../../formats/bytes.ts";
import { isRecord, showJson } from "../../formats/json.ts";
import { parseJson } from "../../formats/parse-json.ts";
import { decodeText } from "../../formats/text.ts";
import { type Shape, sizeOf } from "../../ir/shape.ts";
import { decodeElements } from "../hdf5/elements.ts";
import type { FindArrays, FoundArray } from "../weights/load.ts";
import { legacyOrder, type Slot } from "../weights/slots.ts";
import type { KerasParts } from "./parts.ts";

/** Gives the bytes of a file beside model.json, by its name. */
export type ReadShard = (path: string) => Bytes | Promise<Bytes>;

const MOST_CONFIG = 2 ** 26;
const LONGEST_NAME = 400;

interface Weight {
  readonly name: string;
  readonly shape: Shape;
  /** Where its bytes begin in all files of its group, joined. */
  readonly start: number;
  readonly group: number;
}

interface Group {
  readonly paths: readonly string[];
  readonly bytes: number;
}

export const looksLikeJson = (bytes: Uint8Array): boolean =>
  /^\s*\{/.test(String.fromCharCode(...bytes.subarray(0, 64)).replace(/^\xef\xbb\xbf/, ""));

/** @throws FileError for what is no layers model of TF.js, and for names of files that lead out of its folder */
export function openTfjs(bytes: Uint8Array, shard: ReadShard | undefined): KerasParts {
  if (bytes.length > MOST_CONFIG)
    throw new FileError(`TF.js: model.json has ${bytes.length} bytes`);
  const json = parseJson("TF.js: model.json", decodeText("model.json", bytes));
  const topology = isRecord(json) ? json["modelTopology"] : undefined;
  if (!isRecord(json) || !isRecord(topology)) {
    throw new FileError("TF.js: model.json holds no modelTopology; it is no model of TF.js");
  }
  const model = isRecord(topology["model_config"]) ? topology["model_config"] : topology;
  if (
    json["format"] === "graph-model" ||
    !isRecord(model) ||
    typeof model["class_name"] !== "string"
  ) {
    throw new FileError(
      "TF.js: this is a graph model; layers models are read, as model.save() writes them",
    );
  }
  const { groups, weights } = manifestOf(json["weightsManifest"]);
  return {
    model,
    training: json["trainingConfig"] ?? null,
    writer: "TF.js",
    isOld: true,
    weightBytes: groups.reduce((sum, group) => sum + group.bytes, 0),
    weights: async () =>
      byNames(weights, await Promise.all(groups.map((group) => joined(group, shard)))),
  };
}

function manifestOf(written: unknown): { groups: readonly Group[]; weights: readonly Weight[] } {
  if (!Array.isArray(written)) throw new FileError("TF.js: model.json holds no weightsManifest");
  const weights: Weight[] = [];
  const groups = written.map((group, number): Group => {
    const [paths, own] = isRecord(group) ? [group["paths"], group["weights"]] : [];
    if (
      !Array.isArray(paths) ||
      !paths.every((path) => typeof path === "string") ||
      !Array.isArray(own)
    ) {
      throw new FileError("TF.js: the weightsManifest is damaged");
    }
    for (const path of paths) expectBeside(path);
    let at = 0;
    for (const one of own) {
      const { name, shape } = weightOf(one);
      weights.push({ name, shape, start: at, group: number });
      at += 4 * sizeOf(shape);
    }
    if (!Number.isSafeInteger(at)) throw new FileError("TF.js: the weights are too large");
    return { paths, bytes: at };
  });
  return { groups, weights };
}

function weightOf(written: unknown): { name: string; shape: Shape } {
  const { name, shape, dtype, quantization } = isRecord(written)
    ? written
    : ({} as Record<string, unknown>);
  const isShape =
    Array.isArray(shape) &&
    shape.length <= 8 &&
    shape.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (typeof name !== "string" || name.length > LONGEST_NAME || !isShape)
    throw new FileError("TF.js: a weight has no name or no shape");
  if (quantization !== undefined || dtype !== "float32") {
    const what = quantization === undefined ? showJson(dtype) : "quantized";
    throw new FileError(`TF.js: "${name}" is ${what}; read are weights of float32`);
  }
  return { name, shape };
}

/** @throws FileError for a name that could lead out of the folder */
function expectBeside(path: string): void {
  const isPlain = path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  if (isPlain && path.length <= LONGEST_NAME && !/[\\:\0?#%]/.test(path)) return;
  throw new FileError(
    `TF.js: weights lie at ${show(path)}, expected a file in the folder of model.json`,
  );
}

async function joined({ paths, bytes }: Group, shard: ReadShard | undefined): Promise<Uint8Array> {
  if (!shard) {
    throw new FileError(
      `TF.js: the weights lie in ${show(paths[0] ?? "no file")} beside the model; give importKeras() a function "shard" that reads it`,
    );
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const path of paths) {
    const part = bytesOf("shard", await shard(path));
    length += part.length;
    if (length > bytes) break;
    parts.push(part);
  }
  if (length !== bytes) {
    const more = length > bytes ? "more than " : "";
    throw new FileError(
      `TF.js: the files of weights have ${more}${Math.min(length, bytes)} bytes, expected ${bytes}`,
    );
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Weights are called after their layers, and stand in order: "dense_1/kernel". */
function byNames(weights: readonly Weight[], files: readonly Uint8Array[]): FindArrays {
  return (slots) => {
    const found = new Map<Slot, FoundArray>();
    const layers = [...new Set(slots.map(({ layer }) => layer))];
    const ordered = legacyOrder(slots);
    for (const layer of layers) {
      const own = ordered.filter((slot) => slot.layer === layer);
      const theirs = weights.filter(({ name }) => name.split("/").includes(layer));
      if (theirs.length !== own.length) {
        throw new FileError(
          `TF.js: the file holds ${theirs.length} weights for layer "${layer}", expected ${own.length}`,
        );
      }
      own.forEach((slot, i) => {
        const { name, shape, start, group } = theirs[i]!;
        const bytes = files[group]!.subarray(start, start + 4 * sizeOf(shape));
        found.set(slot, {
          place: name,
          shape,
          read: () => decodeElements(bytes, "float32", shape),
        });
      });
    }
    return slots.map((slot) => found.get(slot)!);
  };
}
