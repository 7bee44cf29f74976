// The element types of safetensors files, and how each is read into one of ours.

import { allocate, bytesPerElement, type DataArray, type DType } from "../ir/dtype.ts";
import { BRAIN, E4M3, E5M2, HALF, narrowToBits, widenBits } from "./small-float.ts";

/** What the format calls our element types. */
export const DTYPE_CODES: Readonly<Record<DType, string>> = {
  float32: "F32",
  float64: "F64",
  int32: "I32",
  uint8: "U8",
  bool: "BOOL",
};

/** An element type of files that we can read. */
export interface StoredType {
  /** Bytes that an element takes in the file. */
  readonly bytes: number;
  /** What a tensor gets, which holds every value of the file to the bit. */
  readonly dtype: DType;
  /** One element; undefined for our own types, whose bytes are copied. */
  readonly read?: (view: DataView, at: number) => number;
}

function own(dtype: DType): StoredType {
  return { bytes: bytesPerElement(dtype), dtype };
}

function integer(bytes: number, read: (view: DataView, at: number) => number): StoredType {
  return { bytes, dtype: "int32", read };
}

const half = widenBits(HALF);
const brain = widenBits(BRAIN);
const e5m2 = widenBits(E5M2);
const e4m3 = widenBits(E4M3);

/** By the format's name for it. */
export const STORED_TYPES: ReadonlyMap<string, StoredType> = new Map<string, StoredType>([
  ...(Object.entries(DTYPE_CODES) as [DType, string][]).map(
    ([dtype, code]) => [code, own(dtype)] as const,
  ),
  ["F16", { bytes: 2, dtype: "float32", read: (view, at) => half(view.getUint16(at, true)) }],
  ["BF16", { bytes: 2, dtype: "float32", read: (view, at) => brain(view.getUint16(at, true)) }],
  ["F8_E5M2", { bytes: 1, dtype: "float32", read: (view, at) => e5m2(view.getUint8(at)) }],
  ["F8_E4M3", { bytes: 1, dtype: "float32", read: (view, at) => e4m3(view.getUint8(at)) }],
  ["I8", integer(1, (view, at) => view.getInt8(at))],
  ["I16", integer(2, (view, at) => view.getInt16(at, true))],
  ["U16", integer(2, (view, at) => view.getUint16(at, true))],
  ["U32", integer(4, (view, at) => view.getUint32(at, true))],
  ["I64", integer(8, (view, at) => Number(view.getBigInt64(at, true)))],
  ["U64", integer(8, (view, at) => Number(view.getBigUint64(at, true)))],
]);

/** The elements that some bytes hold. They are copied: a file need not be aligned. */
export function readElements({ bytes, dtype, read }: StoredType, stored: Uint8Array): DataArray {
  const data = allocate(dtype, stored.length / bytes);
  if (!read) {
    new Uint8Array(data.buffer).set(stored);
    return data;
  }
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let i = 0; i < data.length; i++) data[i] = read(view, i * bytes);
  return data;
}

/** Integers wider than an int32. */
const WIDE = new Map<string, (view: DataView, at: number) => bigint>([
  ["U32", (view, at) => BigInt(view.getUint32(at, true))],
  ["I64", (view, at) => view.getBigInt64(at, true)],
  ["U64", (view, at) => view.getBigUint64(at, true)],
]);

/** True for the types whose integers an int32 need not hold. */
export function isWide(code: string): boolean {
  return WIDE.has(code);
}

/**
 * The first number that a type of ours cannot hold exactly, as the file has it; undefined for none.
 * @param into what wide integers are read as
 */
export function findTooLarge(
  code: string,
  stored: Uint8Array,
  into: "int32" | "float64",
): bigint | undefined {
  const read = WIDE.get(code);
  if (!read) return undefined;
  const { bytes } = STORED_TYPES.get(code)!;
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let at = 0; at < stored.length; at += bytes) {
    const value = read(view, at);
    const held = into === "int32" ? BigInt.asIntN(32, value) : BigInt(Number(value));
    if (held !== value) return value;
  }
  return undefined;
}

/** Element types that only files have, in which tensors can be written. */
export type StoreType = "F16" | "BF16" | "I64";

interface Writer {
  readonly bytes: number;
  /** The element types of tensors that can be written so. */
  readonly from: readonly DType[];
  readonly write: (view: DataView, at: number, x: number) => void;
}

/** @param narrow the bits of the nearest number */
function shortFloat(narrow: (x: number) => number): Writer {
  const write = (view: DataView, at: number, x: number) => view.setUint16(at, narrow(x), true);
  return { bytes: 2, from: ["float32", "float64"], write };
}

export const WRITERS: Readonly<Record<StoreType, Writer>> = {
  F16: shortFloat(narrowToBits(HALF)),
  BF16: shortFloat(narrowToBits(BRAIN)),
  I64: {
    bytes: 8,
    from: ["int32", "uint8"],
    write: (view, at, x) => view.setBigInt64(at, BigInt(x), true),
  },
};

/**
 * The bytes of elements in a type of files, floats rounded to the nearest, halves to even.
 * @param overflow called for a finite number that has no finite neighbour in the type
 */
export function writeElements(
  code: StoreType,
  data: DataArray,
  overflow: (x: number) => never,
): Uint8Array {
  const { bytes, write } = WRITERS[code];
  const read = STORED_TYPES.get(code)!.read!;
  const stored = new Uint8Array(data.length * bytes);
  const view = new DataView(stored.buffer);
  data.forEach((x: number, i: number) => {
    write(view, i * bytes, x);
    if (Number.isFinite(x) && !Number.isFinite(read(view, i * bytes))) overflow(x);
  });
  return stored;
}
