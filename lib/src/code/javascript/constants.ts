// Numbers that a module holds: few are written out, many alike are written once, any others go in base64.

import type { DataArray } from "../../ir/dtype.ts";

const FEW = 8;

/** @param use notes that a helper is called, and gives its name */
export function constantCode(
  array: string,
  data: DataArray,
  use: (helper: string) => string,
): string {
  if (data.length <= FEW) return `${array}.of(${Array.from(data, literal).join(", ")})`;
  const [first] = data;
  if (data.every((value) => Object.is(value, first))) {
    return `new ${array}(${data.length})${Object.is(first, 0) ? "" : `.fill(${literal(first!)})`}`;
  }
  return `new ${array}(${use("bytes")}("${base64(data)}"))`;
}

function literal(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A multiple of three, so that the pieces' texts make up the text of the whole. */
const PIECE = 3 * 2 ** 12;

function base64({ buffer, byteOffset, byteLength }: DataArray): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))));
  }
  return pieces.join("");
}
