// Gzip through the web's own DecompressionStream, which browsers and Node share.

import { count, expectOptions, type Kinds } from "../checks/arguments.ts";
import { FileError } from "../checks/errors.ts";
import { type Bytes, bytesOf } from "./bytes.ts";

/** Options of gunzip(). */
export interface GunzipOptions {
  /** More bytes than this are not unpacked: a small file can hold any number. 2^28 if not given. */
  readonly limit?: number;
}

const OPTIONS: Kinds<GunzipOptions> = { limit: count };
/** What is unpacked at most where nothing else is said. */
export const LIMIT: number = 2 ** 28;

/** True when the bytes begin as a gzip file does. */
export function isGzip(bytes: Bytes): boolean {
  const [first, second] = bytesOf("isGzip", bytes);
  return first === 0x1f && second === 0x8b;
}

/**
 * Unpacks a gzip file, piece by piece, so that a file that unpacks to too much is given up on early.
 * @throws FileError (as a rejection) when it is not gzip, corrupt, cut short, or larger than the limit
 */
export async function gunzip(bytes: Bytes, options: GunzipOptions = {}): Promise<Uint8Array> {
  expectOptions("gunzip", options, OPTIONS);
  const packed = bytesOf("gunzip", bytes);
  const { limit = LIMIT } = options;
  return await gunzipUpTo(packed, () => limit);
}

/** As gunzip, with a limit that may depend on how the unpacked file begins. */
export async function gunzipUpTo(
  packed: Uint8Array,
  limitOf: (start: Uint8Array) => number,
): Promise<Uint8Array> {
  checkHeader(packed);
  let out: Growing | null = null;
  let limit = 0;
  for await (const piece of unpack(packed)) {
    if (out === null) {
      limit = limitOf(piece);
      out = new Growing(expectedSize(packed, limit));
    }
    if (out.length + piece.length > limit) {
      refuse(`unpacked, the file is larger than ${limit} bytes, which is all that was asked for`);
    }
    out.add(piece);
  }
  return out?.content() ?? new Uint8Array(0);
}

async function* unpack(packed: Uint8Array): AsyncGenerator<Uint8Array> {
  const stream = pieces(packed).pipeThrough(new DecompressionStream("gzip"));
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(refuseDamage);
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

const PIECE = 2 ** 16;

/** The packed bytes a part at a time: no more is unpacked ahead than one piece of them gives. */
function pieces(bytes: Uint8Array): ReadableStream<BufferSource> {
  let at = 0;
  return new ReadableStream<BufferSource>(
    {
      pull(controller) {
        controller.enqueue(bytes.slice(at, at + PIECE));
        at += PIECE;
        if (at >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** What the platform says of damage differs between versions of Node, and may be nothing. */
function refuseDamage(cause: unknown): never {
  const reason = cause instanceof Error && cause.message !== "" ? `: ${cause.message}` : "";
  throw new FileError(`gzip: the file is corrupt or cut short${reason}`, { cause });
}

/** Deflate packs at most 1,032 bytes into one. */
const DENSEST = 1032;

/** The size in the trailer, where it can be true: a file's word alone is nothing to allocate by. */
function expectedSize(packed: Uint8Array, limit: number): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const claimed = view.getUint32(packed.length - 4, true);
  return claimed <= limit && claimed <= DENSEST * packed.length ? claimed : PIECE;
}

/** Bytes that are added to; the memory grows where the size was not known. */
class Growing {
  #bytes: Uint8Array;
  length = 0;

  constructor(size: number) {
    this.#bytes = new Uint8Array(size);
  }

  add(piece: Uint8Array): void {
    const length = this.length + piece.length;
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.content());
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.length);
    this.length = length;
  }

  content(): Uint8Array {
    return this.length === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.length);
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
