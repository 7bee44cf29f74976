// How numbers and texts lie in an HDF5 file: datatypes and dataspaces.

import type { DType } from "../../ir/dtype.ts";
import { type FilePart, refuseHdf5 } from "./source.ts";

/** Numbers of an element type of ours, or of another that is named; texts of a length, or anywhere. */
export type Hdf5Type =
  | { readonly kind: "number"; readonly size: number; readonly dtype: DType }
  | { readonly kind: "text"; readonly size: number }
  | { readonly kind: "texts elsewhere"; readonly size: number }
  | { readonly kind: "other"; readonly size: number; readonly says: string };

const CLASSES = [
  "integers",
  "floats",
  "times",
  "texts",
  "bit fields",
  "opaque bytes",
  "records",
  "references",
  "enumerations",
  "lists",
  "arrays",
];
const INTEGERS: Readonly<Record<string, DType>> = { u1: "uint8", i4: "int32" };
/** By the bits of the exponent, of as many bytes: nothing else is read as a float. */
const FLOATS: Readonly<Record<string, DType>> = { "4 of 8": "float32", "8 of 11": "float64" };

/** The datatype that comes next in a part. */
export function readType(part: FilePart): Hdf5Type {
  const first = part.u8();
  const bits = part.u8();
  part.skip(2);
  const size = part.u32();
  const name = CLASSES[first & 15] ?? "nothing known";
  const other = (says: string): Hdf5Type => ({ kind: "other", size, says });
  if (name === "integers") {
    const sort = `${bits & 8 ? "i" : "u"}${size}`;
    part.skip(4);
    const dtype = bits & 1 ? undefined : INTEGERS[sort];
    return dtype ? { kind: "number", size, dtype } : other(`integers (${sort})`);
  }
  if (name === "floats") {
    part.skip(5);
    const exponent = part.u8();
    part.skip(6);
    const dtype = bits & 0x41 ? undefined : FLOATS[`${size} of ${exponent}`];
    return dtype ? { kind: "number", size, dtype } : other(`floats of ${8 * size} bits`);
  }
  if (name === "texts") return { kind: "text", size };
  if (name === "lists" && (bits & 15) === 1) return { kind: "texts elsewhere", size };
  return other(name);
}

/** In version 2 of a dataspace: it holds nothing. */
const NULL = 2;
const MOST_RANK = 32;

/** The shape that comes next in a part; null where the space holds nothing. */
export function readShape(part: FilePart): number[] | null {
  const version = part.u8();
  const rank = part.u8();
  part.skip(1);
  const type = part.u8();
  if (version !== 1 && version !== 2)
    refuseHdf5(`a shape is of version ${version}, expected 1 or 2`);
  if (rank > MOST_RANK) refuseHdf5(`a shape has ${rank} axes, expected at most ${MOST_RANK}`);
  if (version === 1) part.skip(4);
  else if (type === NULL) return null;
  return Array.from({ length: rank }, () => part.u64());
}
