// Bytes in the order of most machines, and the numbers that they are.

import type { StoredTensor } from "../../formats/stored-tensor.ts";
import type { DType } from "../../ir/dtype.ts";

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;
type StoredDType = keyof typeof ARRAYS;
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A copy of them, in their own memory. */
export function decodeElements(
  bytes: Uint8Array,
  dtype: DType,
  shape: readonly number[],
): StoredTensor {
  const data = new ARRAYS[dtype as StoredDType](swapped(bytes.slice(), dtype).buffer);
  return { dtype, shape, data };
}

export function encodeElements({ dtype, data }: StoredTensor): Uint8Array {
  const { buffer, byteOffset, byteLength } = data;
  return swapped(new Uint8Array(buffer, byteOffset, byteLength).slice(), dtype);
}

function swapped(bytes: Uint8Array<ArrayBuffer>, dtype: DType): Uint8Array<ArrayBuffer> {
  const size = ARRAYS[dtype as StoredDType].BYTES_PER_ELEMENT;
  if (isLittleEndian || size === 1) return bytes;
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}
