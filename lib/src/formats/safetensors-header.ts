// The JSON header of a safetensors file: read, and checked until nothing in it can mislead.

import { FileError } from "../checks/errors.ts";
import { type Shape, showShape } from "../ir/shape.ts";
import { isRecord, showJson } from "./json.ts";
import { parseJson } from "./parse-json.ts";
import { STORED_TYPES } from "./safetensors-types.ts";
import { countElements } from "./stored-tensor.ts";

/** One tensor's place in the data part of the file, in bytes. */
export interface Entry {
  readonly name: string;
  /** The format's name of its element type, which we may not know. */
  readonly code: string;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of the header. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

export function refuse(problem: string): never {
  throw new FileError(`safetensors: ${problem}`);
}

/**
 * Reads the header.
 * @param dataBytes bytes that follow the header; the tensors must cover them without gap or overlap
 * @throws FileError naming the first thing that is wrong
 */
export function parseHeader(text: string, dataBytes: number): Header {
  const json = parseJson("safetensors: the header", text);
  if (!isRecord(json)) refuse(`the header must be an object, but is ${showJson(json)}`);
  if (!text.startsWith("{")) refuse('the header must begin with "{", without space before it');
  const { __metadata__: metadata = {}, ...tensors } = json;
  const entries = Object.entries(tensors).map(([name, info]) => parseEntry(name, info));
  checkCover(entries, dataBytes);
  return { entries, metadata: parseMetadata(metadata) };
}

function parseMetadata(metadata: unknown): Record<string, string> {
  if (!isRecord(metadata)) refuse(`__metadata__ must be an object, but is ${showJson(metadata)}`);
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value === "string") continue;
    refuse(`__metadata__ may hold only strings, but ${showJson(key)} is ${showJson(value)}`);
  }
  return metadata as Record<string, string>;
}

function parseEntry(name: string, info: unknown): Entry {
  const where = `tensor ${showJson(name)}`;
  if (!isRecord(info)) refuse(`${where} must be an object, but is ${showJson(info)}`);
  const code = info.dtype;
  if (typeof code !== "string") {
    refuse(`${where} has dtype ${showJson(code)}, expected the name of an element type`);
  }
  const shape = info.shape;
  if (!isCounts(shape)) refuse(`${where} has shape ${showJson(shape)}, which is not a shape`);
  const offsets = info.data_offsets;
  const [begin = 1, end = 0] = isCounts(offsets) && offsets.length === 2 ? offsets : [];
  if (begin > end) {
    refuse(
      `${where} has data_offsets ${showJson(offsets)}, expected a beginning and an end from 0 up`,
    );
  }
  const type = STORED_TYPES.get(code);
  // Of an unknown type the bytes an element takes are unknown too: its place is all that is checked.
  if (!type) return { name, code, shape, begin, end };
  const elements = countElements(shape);
  const bytes = (elements ?? Number.NaN) * type.bytes;
  if (!Number.isSafeInteger(bytes)) {
    refuse(`${where} has shape ${showShape(shape)}, which is too large to exist`);
  }
  if (end - begin !== bytes) {
    const claimed = `${code} ${showShape(shape)}`;
    refuse(
      `${where} has ${end - begin} bytes between its offsets, expected ${bytes} for ${claimed}`,
    );
  }
  return { name, code, shape, begin, end };
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

/** Checks that the tensors lie end to end and fill the data. */
function checkCover(entries: readonly Entry[], dataBytes: number): void {
  const sorted = [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let previous: Entry | undefined;
  for (const entry of sorted) {
    const { name, begin, end } = entry;
    const from = previous?.end ?? 0;
    if (begin < from) {
      refuse(`tensors ${showJson(previous!.name)} and ${showJson(name)} overlap at byte ${begin}`);
    }
    if (begin > from) refuse(`there is a gap: bytes ${from} to ${begin} belong to no tensor`);
    if (end > dataBytes) {
      refuse(`tensor ${showJson(name)} ends at byte ${end} of the data, which has ${dataBytes}`);
    }
    previous = entry;
  }
  const trailing = dataBytes - (previous?.end ?? 0);
  if (trailing > 0) refuse(`trailing bytes: ${trailing} after the last tensor`);
}
