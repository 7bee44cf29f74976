// The bytes of a file, in any kind of array that a program holds them in.

import { show } from "../checks/arguments.ts";
import { ArgumentError } from "../checks/errors.ts";

/** What readers of files take: Node's Buffer, the answer of `fetch`, a view of shared memory. */
export type Bytes = Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer | SharedArrayBuffer;

/**
 * The same memory as a Uint8Array. Goes by what an object is, not by whose class made it, so that bytes
 * of another realm (a frame, a worker, a test runner) are bytes too.
 * @param where the function, as errors name it
 * @throws ArgumentError for anything that is not bytes
 */
export function bytesOf(where: string, bytes: unknown): Uint8Array {
  if (!isBytes(bytes)) {
    throw new ArgumentError(
      `${where}: expected the bytes of a file, a Uint8Array or an ArrayBuffer, received ${show(bytes)}`,
    );
  }
  if (bytes instanceof Uint8Array) return bytes;
  if (!ArrayBuffer.isView(bytes)) return new Uint8Array(bytes);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function isBytes(value: unknown): value is Bytes {
  const tag = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return BUFFERS.has(tag) || (ArrayBuffer.isView(value) && VIEWS.has(tag));
}

const BUFFERS = new Set(["ArrayBuffer", "SharedArrayBuffer"]);
const VIEWS = new Set(["Uint8Array", "Uint8ClampedArray", "DataView"]);
