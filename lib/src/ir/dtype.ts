// The element types a tensor can have, and the typed arrays that hold them.

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

/** A new array of `size` zeros of the given element type. */
export function allocate(dtype: DType, size: number): DataArray {
  return new CONSTRUCTORS[dtype](size);
}

/** Bytes that one element takes. */
export function bytesPerElement(dtype: DType): number {
  return CONSTRUCTORS[dtype].BYTES_PER_ELEMENT;
}

/** True when `data` is the kind of typed array that holds `dtype`. */
export function holds(dtype: DType, data: unknown): data is DataArray {
  return data instanceof CONSTRUCTORS[dtype];
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float64";
}

export function isInteger(dtype: DType): boolean {
  return dtype === "int32" || dtype === "uint8";
}
