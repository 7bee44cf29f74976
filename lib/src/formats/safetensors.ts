// Safetensors: named tensors in one file, a JSON header and then the numbers (Hugging Face's format).

import {
  expectArgument,
  expectOptions,
  type Kind,
  type Kinds,
  listOf,
  oneOf,
  text,
} from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";
import { unknownName } from "../checks/nearest.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import { showJson } from "./json.ts";
import { type Entry, parseHeader, refuse } from "./safetensors-header.ts";
import {
  DTYPE_CODES,
  findTooLarge,
  isWide,
  readElements,
  STORED_TYPES,
  type StoreType,
  WRITERS,
  writeElements,
} from "./safetensors-types.ts";
import { expectStorable, findNonBoolean, type StoredTensor } from "./stored-tensor.ts";

/** What a safetensors file holds; the tensors in the order of its header. */
export interface Safetensors {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
  /**
   * Tensors that the file holds in an element type that we do not have, and that type, as in "BF16". They
   * were converted: small floats (F16, BF16, F8) to float32 and other integers to int32 (see
   * `integers`), all exactly.
   */
  readonly converted: ReadonlyMap<string, string>;
  /** Tensors that were not read, as their element type is none that we know; and that type. */
  readonly unread: ReadonlyMap<string, string>;
}

/** Options of decodeSafetensors(). */
export interface SafetensorsOptions {
  /** Names of the tensors to read; all that can be read if not given. */
  readonly only?: readonly string[];
  /**
   * What integers of 64 bits (I64, U64) and U32 are read as: "int32" by default; "float64" has more of
   * them, all up to 2^53. What the type does not have exactly is refused.
   */
  readonly integers?: "int32" | "float64";
}

/** Options of encodeSafetensors(). */
export interface SafetensorsStoreOptions {
  /**
   * An element type of files in place of the tensors' own: one for all tensors that it suits, or one for
   * each by name. "F16" and "BF16" are for floats, which are rounded to the nearest (halves to even);
   * "I64" is for int32 and uint8.
   */
  readonly store?: StoreType | Readonly<Record<string, StoreType>>;
}

/** The order in which tensors are laid out, so that each one is aligned. */
const WIDEST_FIRST: readonly string[] = ["I64", "F64", "F32", "I32", "BF16", "F16", "U8", "BOOL"];
const LENGTH_BYTES = 8;

/** One tensor as the file is to have it. */
interface Written {
  readonly name: string;
  readonly code: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/**
 * The bytes of a safetensors file, laid out as the reference implementation does it: header padded
 * to 8 bytes, tensors by element type (widest first) and then by name.
 * @throws ArgumentError when a tensor, a name or the metadata cannot be stored, or a number is too large
 * for the element type that it is to be stored in
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
  options: SafetensorsStoreOptions = {},
): Uint8Array {
  expectArgument("encodeSafetensors", "tensors", tensors, MAP);
  expectArgument("encodeSafetensors", "metadata", metadata, TEXTS);
  expectOptions("encodeSafetensors", options, STORE);
  const { store } = options;
  for (const name of typeof store === "object" ? Object.keys(store) : []) {
    if (!tensors.has(name)) throw unknownName("tensor", name, [...tensors.keys()].slice(0, 20));
  }
  const written = [...tensors].map(([name, tensor]) => write(name, tensor, store));
  written.sort(
    (a, b) =>
      WIDEST_FIRST.indexOf(a.code) - WIDEST_FIRST.indexOf(b.code) || (a.name < b.name ? -1 : 1),
  );
  const fields: string[] = [];
  if (Object.keys(metadata).length > 0) fields.push(`"__metadata__":${showMetadata(metadata)}`);
  let end = 0;
  for (const { name, code, shape, bytes } of written) {
    const info = { dtype: code, shape, data_offsets: [end, end + bytes.length] };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
    end += bytes.length;
  }
  const header = new TextEncoder().encode(`{${fields.join(",")}}`);
  const headerBytes = Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes).set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const { bytes } of written) {
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function write(
  name: string,
  tensor: StoredTensor,
  store: SafetensorsStoreOptions["store"],
): Written {
  const where = `safetensors: tensor ${JSON.stringify(name)}`;
  expectStorable(where, tensor);
  if (name === "__metadata__") {
    throw new ArgumentError('safetensors: a tensor cannot have the name "__metadata__"');
  }
  const { dtype, shape, data } = tensor;
  const asked = typeof store === "object" ? store[name] : store;
  const suits = asked !== undefined && WRITERS[asked].from.includes(dtype);
  if (asked === undefined || (!suits && typeof store === "string")) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { name, code: DTYPE_CODES[dtype], shape, bytes };
  }
  if (!suits) {
    const from = WRITERS[asked].from.join(" or ");
    throw new ArgumentError(`${where}: ${asked} stores ${from}, received ${dtype}`);
  }
  const bytes = writeElements(asked, data, (x) => {
    throw new ArgumentError(`${where} holds ${x}, which is too large for ${asked}`);
  });
  return { name, code: asked, shape, bytes };
}

const MAP: Kind = {
  says: "a Map of tensors by name",
  fits: (value) => Object.prototype.toString.call(value) === "[object Map]",
};
const TEXTS: Kind = {
  says: "an object of texts",
  fits: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};
const OPTIONS: Kinds<SafetensorsOptions> = {
  only: listOf(text),
  integers: oneOf("int32", "float64"),
};
const code = oneOf("F16", "BF16", "I64");
const isCode = (value: unknown) => code.fits(value);
const STORE: Kinds<SafetensorsStoreOptions> = {
  store: {
    says: `${code.says}, or an object of these by the tensors' names`,
    fits: (value) =>
      isCode(value) || (TEXTS.fits(value) && Object.values(value as object).every(isCode)),
  },
};

/**
 * Reads a safetensors file; the tensors do not share memory with `bytes`.
 * @throws FileError naming what is wrong with the file, and a tensor with an integer beyond int32
 * @throws ArgumentError for a name in `only` that the file does not have
 */
export function decodeSafetensors(bytes: Bytes, options: SafetensorsOptions = {}): Safetensors {
  const file = bytesOf("decodeSafetensors", bytes);
  expectOptions("decodeSafetensors", options, OPTIONS);
  const { header, data } = splitFile(file);
  const { entries, metadata } = parseHeader(header, data.length);
  const chosen = options.only ? choose(entries, options.only) : entries;
  const known = chosen.filter(({ code }) => STORED_TYPES.has(code));
  const unread = chosen.filter(({ code }) => !STORED_TYPES.has(code));
  if (options.only && unread.length > 0) refuseType(unread[0]!);
  return {
    tensors: new Map(known.map((entry) => [entry.name, readTensor(entry, data, options)])),
    metadata,
    converted: codes(known.filter(({ code }) => STORED_TYPES.get(code)!.read)),
    unread: codes(unread),
  };
}

/** A header larger than this is no header: the format's own implementation draws the line here too. */
const MOST_HEADER_BYTES = 100_000_000;

function splitFile(bytes: Uint8Array): { header: string; data: Uint8Array } {
  if (bytes.length < LENGTH_BYTES) {
    refuse(`the file is too short: ${bytes.length} bytes, expected at least ${LENGTH_BYTES}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  const room = bytes.length - LENGTH_BYTES;
  if (headerBytes > room) {
    refuse(`the header claims ${headerBytes} bytes, but only ${room} follow its length`);
  }
  if (headerBytes > MOST_HEADER_BYTES) {
    refuse(`the header claims ${headerBytes} bytes, expected at most ${MOST_HEADER_BYTES}`);
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  const header = readUtf8(bytes.subarray(LENGTH_BYTES, dataStart));
  return { header, data: bytes.subarray(dataStart) };
}

function choose(entries: readonly Entry[], names: readonly string[]): Entry[] {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return names.map((name) => {
    const entry = byName.get(name);
    if (entry) return entry;
    throw unknownName("tensor", name, [...byName.keys()].slice(0, 20));
  });
}

function codes(entries: readonly Entry[]): Map<string, string> {
  return new Map(entries.map(({ name, code }) => [name, code]));
}

function refuseType({ name, code }: Entry): never {
  const known = [...STORED_TYPES.keys()].join(", ");
  refuse(`tensor ${showJson(name)} has dtype ${showJson(code)}, expected one of ${known}`);
}

function readTensor(
  { name, code, shape, begin, end }: Entry,
  bytes: Uint8Array,
  { integers = "int32" }: SafetensorsOptions,
): StoredTensor {
  const stored = bytes.subarray(begin, end);
  const large = findTooLarge(code, stored, integers);
  if (large !== undefined) {
    const other = integers === "int32" ? ', or read them with { integers: "float64" }' : "";
    refuse(
      `tensor ${showJson(name)} holds ${large}, which ${integers === "int32" ? "an" : "a"} ${integers} ` +
        `cannot hold; name the tensors that you need with { only: [...] }${other}`,
    );
  }
  const own = STORED_TYPES.get(code)!;
  const type = isWide(code) ? { ...own, dtype: integers } : own;
  const { dtype } = type;
  const data = readElements(type, stored);
  const place = dtype === "bool" ? findNonBoolean(data) : -1;
  if (place >= 0) {
    refuse(`tensor ${showJson(name)} holds ${data[place]}, expected booleans 0 or 1`);
  }
  return { dtype, shape, data };
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("the header is not UTF-8 text");
  }
}

function showMetadata(metadata: Readonly<Record<string, string>>): string {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value === "string") continue;
    throw new ArgumentError(`safetensors: metadata ${JSON.stringify(key)} is not a string`);
  }
  return JSON.stringify(metadata);
}
