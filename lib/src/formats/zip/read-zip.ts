// Files in a zip archive, in memory: each as long as the archive says it is, checked by its sum, never written to disk.

import { FileError } from "../../checks/errors.ts";
import { type Bytes, bytesOf } from "../bytes.ts";
import { gunzipUpTo } from "../gzip.ts";
import { crc32 } from "./crc32.ts";

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked, in bytes: what the archive says, which is held to when it is read. */
  readonly size: number;
  /** @throws FileError (as a rejection) for damage, and for ways of packing but none and deflate */
  read(): Promise<Uint8Array>;
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

function refuse(problem: string): never {
  throw new FileError(`zip: ${problem}`);
}

/** True when the bytes begin as a zip archive does. */
export function isZip(archive: Bytes): boolean {
  const bytes = bytesOf("isZip", archive);
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The entries that the archive's directory lists, folders apart. Nothing is unpacked yet.
 * @throws FileError for what is no archive, is cut short, or names files outside of it
 */
export function readZip(archive: Bytes): readonly ZipEntry[] {
  const bytes = bytesOf("readZip", archive);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) return refuse("expected a zip archive; this is none, or it is cut short");
  const [count, size, start] = [
    view.getUint16(end + 10, true),
    view.getUint32(end + 12, true),
    view.getUint32(end + 16, true),
  ];
  if (count === 0xffff || start === ELSEWHERE) refuse("archives of more than 4 GB are not read");
  if (start + size > end) refuse("the archive is damaged: its directory");
  const entries: ZipEntry[] = [];
  for (let i = 0, at = start; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) {
      refuse("the archive is damaged: its directory");
    }
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true));
    const next = at + CENTRAL_SIZE + name! + extra! + comment!;
    if (next > end) refuse("the archive is damaged: its directory");
    const own = nameAt(bytes, at + CENTRAL_SIZE, name!);
    if (!own.endsWith("/")) entries.push(entryAt(bytes, view, at, own));
    at = next;
  }
  return entries;
}

/** @throws FileError for a name that leads out of the archive */
function nameAt(bytes: Uint8Array, at: number, length: number): string {
  const name = new TextDecoder().decode(bytes.slice(at, at + length));
  if (!/^[/\\]|^[a-z]:|(^|[/\\])\.\.([/\\]|$)|\0/i.test(name)) return name;
  return refuse(
    `the entry ${JSON.stringify(name)} leads out of the archive; nothing of it is read`,
  );
}

/** The last record, behind which a comment may stand; -1 where there is none. */
function findEnd(view: DataView): number {
  const last = view.byteLength - END_SIZE;
  for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  return -1;
}

function entryAt(bytes: Uint8Array, view: DataView, at: number, name: string): ZipEntry {
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [sum, packed, size, local] = [16, 20, 24, 42].map((place) =>
    view.getUint32(at + place, true),
  ) as [number, number, number, number];
  const bad = (problem: string): never => refuse(`the entry ${JSON.stringify(name)} ${problem}`);
  const read = async (): Promise<Uint8Array> => {
    if (flags & 1) bad("is encrypted");
    if (method !== STORED && method !== DEFLATED)
      bad(`is packed in a way that is not read (${method})`);
    if (packed === ELSEWHERE || size > MOST_UNPACKED) bad("is too large");
    if (local + LOCAL_SIZE > bytes.length || view.getUint32(local, true) !== LOCAL)
      bad("is damaged");
    const [nameLength, extra] = [26, 28].map((place) => view.getUint16(local + place, true));
    const start = local + LOCAL_SIZE + nameLength! + extra!;
    if (start + packed > bytes.length) bad("is cut short");
    if (size > DENSEST * packed + DENSEST)
      bad("is damaged: it says that it is longer than it can be");
    const body = bytes.subarray(start, start + packed);
    const content = method === STORED ? new Uint8Array(body) : await unpacked(body, sum, size, bad);
    if (content.length !== size) bad(`is damaged: ${content.length} bytes in place of ${size}`);
    if (method === STORED && crc32(content) !== sum) bad("is damaged: its sum is wrong");
    return content;
  };
  return { name, size, read };
}

/** What deflate packed, given to the reader of gzip with the frame that gzip has around it, and the sum to check. */
async function unpacked(
  body: Uint8Array,
  sum: number,
  size: number,
  bad: (problem: string) => never,
): Promise<Uint8Array> {
  const framed = new Uint8Array(body.length + 18);
  framed.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  framed.set(body, 10);
  const view = new DataView(framed.buffer);
  view.setUint32(body.length + 10, sum, true);
  view.setUint32(body.length + 14, size, true);
  try {
    return await gunzipUpTo(framed, () => size);
  } catch (error) {
    if (error instanceof FileError) bad("is damaged: it cannot be unpacked to what it should be");
    throw error;
  }
}
