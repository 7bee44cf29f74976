// Files in: read up to a bound, whatever they are. A path may name a device or a pipe without an end.

import { type FileHandle, open } from "node:fs/promises";
import { CliError } from "../terminal/failures.ts";

/** What a kind of file may hold at most. */
export const MOST_BYTES = {
  /** A specification. */
  spec: 2 ** 22,
  /** Weights: as much as an engine has memory for. */
  weights: 2 ** 31 - 1,
} as const;

/** A file that is read as far as its beginning gives reason to. */
export interface OpenFile {
  /** The first bytes: up to `HEAD` of them. */
  readonly head: Uint8Array;
  /** All bytes. @throws CliError where there are more than `most` */
  all(most: number): Promise<Uint8Array>;
}

const HEAD = 2 ** 16;

/**
 * Opens a file for `body` and closes it after.
 * @throws CliError for a folder; the errors of the system name the path
 */
export async function withFile<T>(path: string, body: (file: OpenFile) => Promise<T>): Promise<T> {
  try {
    const handle = await open(path, "r");
    try {
      const found = await handle.stat();
      if (found.isDirectory()) throw new CliError(`${path}: this is a folder, not a file`);
      const head = await readUpTo(handle, HEAD);
      const all = async (most: number) => {
        if (found.isFile() && found.size > most) refuseSize(path, most, found.size);
        const rest = Math.max(0, found.isFile() ? found.size - head.length : 0);
        const bytes = await readUpTo(handle, most + 1, { head, rest });
        if (bytes.length > most) refuseSize(path, most);
        return bytes;
      };
      return await body({ head, all });
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw named(error, path);
  }
}

/** All bytes of a file. @throws CliError where there are more than `most` */
export function readUpToLimit(path: string, most: number): Promise<Uint8Array> {
  return withFile(path, (file) => file.all(most));
}

/** Errors of open handles do not say which file it was. */
export function named(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? Object.assign(error as Error, { path }) : error;
}

function refuseSize(path: string, most: number, size?: number): never {
  const held = size === undefined ? "goes on" : `has ${size.toLocaleString("en-US")} bytes`;
  throw new CliError(
    `${path}: the file ${held}; of such a file at most ${most.toLocaleString("en-US")} bytes are read`,
  );
}

const PIECE = 2 ** 20;

/** Up to `most` bytes from where the file stands; `rest` is how many more are expected after `head`. */
async function readUpTo(
  handle: FileHandle,
  most: number,
  { head = new Uint8Array(0), rest = 0 }: { head?: Uint8Array; rest?: number } = {},
): Promise<Uint8Array> {
  let bytes = new Uint8Array(Math.min(most, Math.max(head.length + rest + 1, HEAD)));
  bytes.set(head);
  let length = head.length;
  while (length < most) {
    if (length === bytes.length) {
      const larger = new Uint8Array(Math.min(most, 2 * length));
      larger.set(bytes);
      bytes = larger;
    }
    const { bytesRead } = await handle.read(bytes, length, Math.min(PIECE, bytes.length - length));
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}
