// Files in a zip archive, in memory: each as long as the archive says it is, checked by its sum, never written to disk.

import { crc32, inflateRawSync } from "node:zlib";
import { CliError } from "../terminal/failures.ts";

export interface ZipEntry {
  readonly name: string;
  /** Unpacked. */
  readonly size: number;
  /** @throws CliError for damage */
  read(): Uint8Array;
}

const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_SIZE, CENTRAL_SIZE, LOCAL_SIZE] = [22, 46, 30];
const MOST_COMMENT = 0xffff;
const [STORED, DEFLATED] = [0, 8];
/** What a size is where it does not fit into 32 bits. */
const ELSEWHERE = 0xffff_ffff;
/** Deflate packs at most 1,032 bytes into one. */
const DENSEST = 1032;
const MOST_UNPACKED = 2 ** 31 - 1;

/**
 * The entries that the archive's directory lists.
 * @throws CliError for what is no archive, is cut short, encrypted, or larger than what is read
 */
export function readZip(path: string, bytes: Uint8Array): readonly ZipEntry[] {
  const refuse = (problem: string): never => {
    throw new CliError(`${path}: ${problem}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) return refuse("expected a zip archive; this is none, or it is cut short");
  const [count, size, start] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  if (count === 0xffff || start === ELSEWHERE) refuse("archives of more than 4 GB are not read");
  if (start + size > end) refuse("the zip archive is damaged: its directory");
  const entries: ZipEntry[] = [];
  for (let i = 0, at = start; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) {
      refuse("the zip archive is damaged: its directory");
    }
    const [nameLength, extra, comment] = [28, 30, 32].map((place) =>
      view.getUint16(at + place, true),
    );
    const next = at + CENTRAL_SIZE + nameLength! + extra! + comment!;
    if (next > end) refuse("the zip archive is damaged: its directory");
    const name = new TextDecoder().decode(
      bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength!),
    );
    if (/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)/i.test(name)) {
      refuse(`the entry ${JSON.stringify(name)} leads out of the archive; nothing of it is read`);
    }
    if (!name.endsWith("/")) entries.push(entryAt(bytes, view, at, name, refuse));
    at = next;
  }
  return entries;
}

/** The last record, behind which a comment may stand; -1 where there is none. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return -1;
}

function entryAt(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  name: string,
  refuse: (problem: string) => never,
): ZipEntry {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [sum, packed, size, local] = [16, 20, 24, 42].map((place) =>
    view.getUint32(at + place, true),
  );
  const bad = (problem: string) => refuse(`the entry ${JSON.stringify(name)} ${problem}`);
  const read = (): Uint8Array => {
    if (flags & 1) bad("is encrypted");
    if (method !== STORED && method !== DEFLATED)
      bad(`is packed in a way that is not read (${method})`);
    if (packed === ELSEWHERE || size === ELSEWHERE || size! > MOST_UNPACKED) bad("is too large");
    if (local! + LOCAL_SIZE > bytes.length || view.getUint32(local!, true) !== LOCAL)
      bad("is damaged");
    const start =
      local! + LOCAL_SIZE + view.getUint16(local! + 26, true) + view.getUint16(local! + 28, true);
    if (start + packed! > bytes.length) bad("is cut short");
    if (size! > DENSEST * packed! + DENSEST)
      bad("is damaged: it says that it is longer than it can be");
    const body = bytes.subarray(start, start + packed!);
    const content = method === STORED ? body : unpacked(body, size!, bad);
    if (content.length !== size) bad(`is damaged: ${content.length} bytes in place of ${size}`);
    if (crc32(content) !== sum) bad("is damaged: its sum is wrong");
    return content;
  };
  return { name, size: size!, read };
}

function unpacked(body: Uint8Array, size: number, bad: (problem: string) => never): Uint8Array {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch {
    return bad("is damaged: it cannot be unpacked to what it should be");
  }
}
