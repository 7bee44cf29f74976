// The element types a tensor can have, and the typed arrays that hold them.

import { NeuriteError } from "../checks/errors.ts";

/** The type of a tensor's elements, by the names that NumPy uses. */
export type DType = "float32" | "float64" | "int32" | "uint8" | "bool";

/** The data of one tensor, row-major. Booleans are bytes that hold 0 or 1. */
export type DataArray = Float32Array | Float64Array | Int32Array | Uint8Array;

export const DTYPES: readonly DType[] = ["float32", "float64", "int32", "uint8", "bool"];

const CONSTRUCTORS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;

/** The least and greatest elements of the types that hold whole numbers only. */
export const RANGES: Readonly<Partial<Record<DType, readonly [low: number, high: number]>>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
};

/**
 * A new array of `size` zeros of the given element type.
 * @throws NeuriteError where the machine has no memory for it
 */
export function allocate(dtype: DType, size: number): DataArray {
  try {
    return new CONSTRUCTORS[dtype](size);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new NeuriteError(
      `out of memory: ${size} elements of ${dtype} take ${inBytes(size * bytesPerElement(dtype))}, ` +
        "more than this machine or its JavaScript engine grants one array.",
      { cause },
    );
  }
}

/** `1.5 GiB`. */
export function inBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${Number((bytes / 1024 ** power).toPrecision(4))} ${units[power]}`;
}

/** Bytes that one element takes. */
export function bytesPerElement(dtype: DType): number {
  return CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
}

/** True when `data` is the kind of typed array that holds `dtype`. */
export function holds(dtype: DType, data: unknown): data is DataArray {
  return arrayName(data) === CONSTRUCTORS[dtype].name;
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

export function isInteger(dtype: DType): boolean {
  return dtype === "int32" || dtype === "uint8";
}

// ---- the typed arrays of JavaScript -------------------------------------------------------------
//
// Told apart by what they hold and not by whose constructor made them: an array of a worker, a frame
// or a vm context is no instance of this realm's classes.

/** Every array of numbers that JavaScript has; only the first four hold an element type as it is. */
export type NumberArray =
  | DataArray
  | Uint8ClampedArray
  | Int8Array
  | Int16Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** The element type that a typed array's numbers get; int32 for all whole numbers but bytes. */
const NATURAL: Readonly<Record<string, DType>> = {
  Float32Array: "float32",
  Float16Array: "float32",
  Float64Array: "float64",
  Int32Array: "int32",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Int8Array: "int32",
  Int16Array: "int32",
  Uint16Array: "int32",
  Uint32Array: "int32",
  BigInt64Array: "int32",
  BigUint64Array: "int32",
};

const tag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)!.get!;

/** "Float32Array" and the like; "Uint8Array" for Node's Buffer; undefined for all but typed arrays. */
export function arrayName(x: unknown): string | undefined {
  return tag.call(x) as string | undefined;
}

/** The element type for a typed array's numbers; undefined for what is none. */
export function naturalDType(x: unknown): DType | undefined {
  const name = arrayName(x);
  return name === undefined ? undefined : NATURAL[name];
}
