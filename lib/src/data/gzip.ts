// Gzip through the web's own DecompressionStream, which browsers and Node share.

import { FileError } from "../ir/errors.ts";

/** True when the bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file.
 * @throws FileError (as a rejection) when it is not gzip, corrupt or cut short
 */
export async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  checkHeader(bytes);
  const packed = new Response(new Uint8Array(bytes)).body!;
  const unpacked = packed.pipeThrough(new DecompressionStream("gzip"));
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    // What the platform says of it differs between versions of Node, and may be nothing.
    const reason = cause instanceof Error && cause.message !== "" ? `: ${cause.message}` : "";
    throw new FileError(`gzip: the file is corrupt or cut short${reason}`, { cause });
  }
}

/** Ten bytes of header, an empty block of at least two, and eight of trailer. */
const SMALLEST = 18;
const DEFLATE = 8;
const RESERVED_FLAGS = 0xe0;

function checkHeader(bytes: Uint8Array): void {
  if (!isGzip(bytes)) {
    const start = [...bytes.subarray(0, 2)].map((byte) => byte.toString(16).padStart(2, "0"));
    refuse(`expected a file that begins 1f 8b, received ${start.join(" ") || "nothing"}`);
  }
  if (bytes.length < SMALLEST) {
    refuse(`the file is cut short: ${bytes.length} bytes, expected at least ${SMALLEST}`);
  }
  const [, , method, flags] = bytes as unknown as [number, number, number, number];
  if (method !== DEFLATE) refuse(`unknown compression method ${method}, expected ${DEFLATE}`);
  if (flags & RESERVED_FLAGS) refuse(`reserved flags are set: 0x${flags.toString(16)}`);
}

function refuse(problem: string): never {
  throw new FileError(`gzip: ${problem}`);
}
