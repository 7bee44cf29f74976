// IDX: one array in a file, as MNIST is published (LeCun, Cortes and Burges); numbers big-endian.

import { ArgumentError, FileError } from "../checks/errors.ts";
import { allocate, type DType } from "../ir/dtype.ts";
import { showShape } from "../ir/shape.ts";
import { showType } from "../ir/type.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import { countElements, expectStorable, type StoredTensor } from "./stored-tensor.ts";

interface ElementType {
  readonly bytes: number;
  /** The element type that a tensor gets; small signed integers widen to int32. */
  readonly dtype: DType;
  readonly read: (view: DataView, offset: number) => number;
}

const ELEMENT_TYPES: ReadonlyMap<number, ElementType> = new Map([
  [0x08, { bytes: 1, dtype: "uint8", read: (view, at) => view.getUint8(at) }],
  [0x09, { bytes: 1, dtype: "int32", read: (view, at) => view.getInt8(at) }],
  [0x0b, { bytes: 2, dtype: "int32", read: (view, at) => view.getInt16(at) }],
  [0x0c, { bytes: 4, dtype: "int32", read: (view, at) => view.getInt32(at) }],
  [0x0d, { bytes: 4, dtype: "float32", read: (view, at) => view.getFloat32(at) }],
  [0x0e, { bytes: 8, dtype: "float64", read: (view, at) => view.getFloat64(at) }],
]);

/** How tensors are written; the format has no booleans. */
const WRITERS = {
  uint8: { code: 0x08, bytes: 1, write: (view, at, value) => view.setUint8(at, value) },
  int32: { code: 0x0c, bytes: 4, write: (view, at, value) => view.setInt32(at, value) },
  float32: { code: 0x0d, bytes: 4, write: (view, at, value) => view.setFloat32(at, value) },
  float64: { code: 0x0e, bytes: 8, write: (view, at, value) => view.setFloat64(at, value) },
} as const satisfies Record<
  Exclude<DType, "bool">,
  { code: number; bytes: number; write: (view: DataView, at: number, value: number) => void }
>;

const MAGIC_BYTES = 4;
const MAX_DIM = 0xffff_ffff;

/**
 * Reads an IDX file. A tensor of bytes shares the memory of `bytes`; others have their own.
 * @throws FileError naming what is wrong with the file
 */
export function decodeIdx(bytes: Bytes): StoredTensor {
  return decode(bytesOf("decodeIdx", bytes));
}

function decode(bytes: Uint8Array): StoredTensor {
  const { type, shape, dataStart } = readHeader(bytes);
  const { elements, expected } = sizeOfData(type, shape);
  const received = bytes.length - dataStart;
  if (received < expected) {
    refuse(`the data is cut short: expected ${expected} bytes, received ${received}`);
  }
  if (received > expected) refuse(`trailing bytes: ${received - expected} after the data`);
  return { dtype: type.dtype, shape, data: readData(bytes.subarray(dataStart), type, elements) };
}

/**
 * How long an IDX file says it is, from its first bytes: so that no more of it need be read or unpacked.
 * @param start the first 1,024 bytes, or the whole file where it is shorter
 * @throws FileError where this is no IDX file
 */
export function idxLength(start: Bytes): number {
  const { type, shape, dataStart } = readHeader(bytesOf("idxLength", start));
  return dataStart + sizeOfData(type, shape).expected;
}

function sizeOfData(type: ElementType, shape: readonly number[]) {
  const elements = countElements(shape);
  const expected = (elements ?? Number.NaN) * type.bytes;
  if (elements === undefined || !Number.isSafeInteger(expected)) {
    const shown =
      shape.length > 8 ? `${shape.length} dimensions` : `dimensions ${showShape(shape)}`;
    refuse(`${shown} are too large to exist`);
  }
  return { elements, expected };
}

function readHeader(bytes: Uint8Array): { type: ElementType; shape: number[]; dataStart: number } {
  if (bytes.length < MAGIC_BYTES) {
    refuse(`the header is cut short: ${bytes.length} bytes, expected at least ${MAGIC_BYTES}`);
  }
  const [zero0, zero1, code, rank] = bytes as unknown as [number, number, number, number];
  if (zero0 !== 0 || zero1 !== 0) {
    const hint = zero0 === 0x1f && zero1 === 0x8b ? "; this is gzip, unpack it first" : "";
    refuse(`bad magic: expected two zero bytes, received ${hex(zero0)} ${hex(zero1)}${hint}`);
  }
  const type = ELEMENT_TYPES.get(code);
  if (!type) {
    const known = [...ELEMENT_TYPES.keys()].map(hex).join(", ");
    refuse(`unknown element type ${hex(code)}, expected one of ${known}`);
  }
  const dataStart = MAGIC_BYTES + 4 * rank;
  if (bytes.length < dataStart) {
    refuse(
      `the header is cut short: expected ${dataStart} bytes for ${rank} dimensions, ` +
        `received ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(MAGIC_BYTES + 4 * axis));
  return { type, shape, dataStart };
}

function readData(bytes: Uint8Array, type: ElementType, elements: number): StoredTensor["data"] {
  if (type.dtype === "uint8") return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const data = allocate(type.dtype, elements);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < elements; i++) data[i] = type.read(view, i * type.bytes);
  return data;
}

/**
 * The bytes of an IDX file.
 * @throws ArgumentError for booleans, for more than 255 axes and for axes of 2^32 and longer
 */
export function encodeIdx(tensor: StoredTensor): Uint8Array {
  expectStorable("idx", tensor);
  const { dtype, shape, data } = tensor;
  if (dtype === "bool") throw new ArgumentError("idx: the format has no booleans; store uint8");
  if (shape.length > 255 || shape.some((dim) => dim > MAX_DIM)) {
    throw new ArgumentError(
      `idx: ${showType(tensor)} has too many or too long axes for the format`,
    );
  }
  const { code, bytes, write } = WRITERS[dtype];
  const dataStart = MAGIC_BYTES + 4 * shape.length;
  const out = new Uint8Array(dataStart + data.length * bytes);
  out.set([0, 0, code, shape.length]);
  const view = new DataView(out.buffer);
  shape.forEach((dim, axis) => {
    view.setUint32(MAGIC_BYTES + 4 * axis, dim);
  });
  if (dtype === "uint8") out.set(data, dataStart);
  else {
    data.forEach((value, i) => {
      write(view, dataStart + i * bytes, value);
    });
  }
  return out;
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

function refuse(problem: string): never {
  throw new FileError(`idx: ${problem}`);
}
