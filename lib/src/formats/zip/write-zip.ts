// Zip archives whose files are stored as they are: the same bytes for the same files.

import { expectArgument, object } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { type Bytes, bytesOf } from "../bytes.ts";
import { Piece } from "../piece.ts";
import { crc32 } from "./crc32.ts";

const [END, CENTRAL, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const [END_SIZE, CENTRAL_SIZE, LOCAL_SIZE] = [22, 46, 30];
/** What must be understood to read it: version 2.0. */
const VERSION = 20;
/** The first of January 1980, as early as the format goes. */
const DATE = 0x21;
const MOST_BYTES = 2 ** 32 - 2;

/**
 * The bytes of an archive. Nothing is packed: what is read of it is there at once.
 * @param files by name, which is in ASCII
 * @throws ArgumentError for what is no bytes, and for more than 4 GB
 */
export function writeZip(files: Readonly<Record<string, Bytes>>): Uint8Array<ArrayBuffer> {
  expectArgument("writeZip", "files", files, object);
  const entries = Object.entries(files).map(([name, given]) => {
    const content = bytesOf("writeZip", given);
    return { name: new TextEncoder().encode(name), content, sum: crc32(content) };
  });
  const heads = entries.reduce((n, { name }) => n + LOCAL_SIZE + CENTRAL_SIZE + 2 * name.length, 0);
  const total = entries.reduce((n, { content }) => n + content.length, heads + END_SIZE);
  if (total > MOST_BYTES)
    throw new ArgumentError("zip: archives of more than 4 GB are not written");
  const file = new Piece(0, total);
  const starts = entries.map(({ name, content, sum }) => {
    const start = file.at;
    file.u32(LOCAL).u16(VERSION, 0, 0, 0, DATE).u32(sum, content.length, content.length);
    file.u16(name.length, 0).bytes(name).bytes(content);
    return start;
  });
  const directory = file.at;
  entries.forEach(({ name, content, sum }, i) => {
    file.u32(CENTRAL).u16(VERSION, VERSION, 0, 0, 0, DATE).u32(sum, content.length, content.length);
    file.u16(name.length, 0, 0, 0, 0).u32(0, starts[i]!).bytes(name);
  });
  const length = file.at - directory;
  file.u32(END).u16(0, 0, entries.length, entries.length).u32(length, directory).u16(0);
  return file.content;
}
