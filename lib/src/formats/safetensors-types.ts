// The element types of safetensors files, and how each is read into one of ours.

import { allocate, bytesPerElement, type DataArray, type DType } from "../ir/dtype.ts";

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

/**
 * A float of few bits as a number: sign, exponent, fraction.
 * @param special what the largest exponent means: infinity and NaN, or NaN only where all bits are set
 */
function smallFloat(exponentBits: number, fractionBits: number, special: "IEEE" | "all ones") {
  const bias = 2 ** (exponentBits - 1) - 1;
  const [most, fractions] = [2 ** exponentBits - 1, 2 ** fractionBits];
  return (bits: number): number => {
    const fraction = bits % fractions;
    const exponent = Math.floor(bits / fractions) % (most + 1);
    const sign = bits >= fractions * (most + 1) ? -1 : 1;
    if (exponent === most && special === "IEEE")
      return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === most && fraction === fractions - 1 && special === "all ones")
      return Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** (1 - bias - fractionBits);
    return sign * (1 + fraction / fractions) * 2 ** (exponent - bias);
  };
}

const half = smallFloat(5, 10, "IEEE");
const brain = smallFloat(8, 7, "IEEE");
const e5m2 = smallFloat(5, 2, "IEEE");
const e4m3 = smallFloat(4, 3, "all ones");

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

/** The first number that an int32 cannot hold, exactly as the file has it; undefined for none. */
export function findTooLarge(code: string, stored: Uint8Array): bigint | undefined {
  const read = WIDE.get(code);
  if (!read) return undefined;
  const { bytes } = STORED_TYPES.get(code)!;
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  for (let at = 0; at < stored.length; at += bytes) {
    const value = read(view, at);
    if (BigInt.asIntN(32, value) !== value) return value;
  }
  return undefined;
}

/** Integers wider than an int32. */
const WIDE = new Map<string, (view: DataView, at: number) => bigint>([
  ["U32", (view, at) => BigInt(view.getUint32(at, true))],
  ["I64", (view, at) => view.getBigInt64(at, true)],
  ["U64", (view, at) => view.getBigUint64(at, true)],
]);
