// Safetensors: named tensors in one file, a JSON header and then the numbers (Hugging Face's format).

import { allocate, bytesPerElement, type DType } from "../ir/dtype.ts";
import { ArgumentError } from "../ir/errors.ts";
import { DTYPE_CODES, type Entry, parseHeader, refuse } from "./safetensors-header.ts";
import { expectStorable, findNonBoolean, type StoredTensor } from "./stored-tensor.ts";

/** What a safetensors file holds; the tensors in the order of its header. */
export interface Safetensors {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The order in which tensors are laid out, so that each one is aligned. */
const WIDEST_FIRST: readonly DType[] = ["float64", "float32", "int32", "uint8", "bool"];
const LENGTH_BYTES = 8;

/**
 * The bytes of a safetensors file, laid out as the reference implementation does it: header padded
 * to 8 bytes, tensors by element type (widest first) and then by name.
 * @throws ArgumentError when a tensor, a name or the metadata cannot be stored
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const sorted = [...tensors].sort(
    ([a, { dtype: s }], [b, { dtype: t }]) =>
      WIDEST_FIRST.indexOf(s) - WIDEST_FIRST.indexOf(t) || (a < b ? -1 : 1),
  );
  const fields: string[] = [];
  if (Object.keys(metadata).length > 0) fields.push(`"__metadata__":${showMetadata(metadata)}`);
  let end = 0;
  for (const [name, tensor] of sorted) {
    expectStorable(`safetensors: tensor ${JSON.stringify(name)}`, tensor);
    if (name === "__metadata__") {
      throw new ArgumentError('safetensors: a tensor cannot have the name "__metadata__"');
    }
    const begin = end;
    end += tensor.data.byteLength;
    const info = {
      dtype: DTYPE_CODES[tensor.dtype],
      shape: tensor.shape,
      data_offsets: [begin, end],
    };
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(info)}`);
  }
  const header = new TextEncoder().encode(`{${fields.join(",")}}`);
  const headerBytes = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes).set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerBytes;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file; the tensors do not share memory with `bytes`.
 * @throws FileError naming what is wrong with the file
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  if (bytes.length < LENGTH_BYTES) {
    refuse(`the file is too short: ${bytes.length} bytes, expected at least ${LENGTH_BYTES}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  const room = bytes.length - LENGTH_BYTES;
  if (headerBytes > room) {
    refuse(`the header claims ${headerBytes} bytes, but only ${room} follow its length`);
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  const text = readUtf8(bytes.subarray(LENGTH_BYTES, dataStart));
  const { entries, metadata } = parseHeader(text, bytes.length - dataStart);
  const data = bytes.subarray(dataStart);
  return {
    tensors: new Map(entries.map((entry) => [entry.name, readTensor(entry, data)])),
    metadata,
  };
}

function readTensor({ name, dtype, shape, begin, end }: Entry, bytes: Uint8Array): StoredTensor {
  const data = allocate(dtype, (end - begin) / bytesPerElement(dtype));
  new Uint8Array(data.buffer).set(bytes.subarray(begin, end)); // a copy: the file may not be aligned
  const place = dtype === "bool" ? findNonBoolean(data) : -1;
  if (place >= 0) {
    refuse(`tensor ${JSON.stringify(name)} holds ${data[place]}, expected booleans 0 or 1`);
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
