// Refuses files that are no text, in words that say what they look like.

import { FileError } from "../../../checks/errors.ts";

/** How files of other kinds begin. */
const SIGNS: readonly (readonly [what: string, ...bytes: number[]])[] = [
  ["a workbook or another zip archive: save the sheet as CSV", 0x50, 0x4b, 0x03, 0x04],
  ["a workbook of an old spreadsheet program: save the sheet as CSV", 0xd0, 0xcf, 0x11, 0xe0],
  ["compressed by gzip: decompress it first", 0x1f, 0x8b],
  ["a Parquet file: write it as CSV", 0x50, 0x41, 0x52, 0x31],
  ["a PDF document", 0x25, 0x50, 0x44, 0x46],
  ["a PNG picture", 0x89, 0x50, 0x4e, 0x47],
  ["a JPEG picture", 0xff, 0xd8, 0xff],
  ["an SQLite database: write its table as CSV", 0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66],
];

/**
 * @param isRaw whether the bytes may be in any encoding: zeros say nothing then
 * @throws FileError for bytes that are no text
 */
export function refuseBinary(name: string, bytes: Uint8Array, isRaw = false): void {
  for (const [what, ...sign] of SIGNS) {
    if (sign.every((byte, i) => bytes[i] === byte))
      throw new FileError(`${name}: is no text but ${what}`);
  }
  const zero = isRaw ? -1 : bytes.indexOf(0);
  if (zero < 0) return;
  let line = 1;
  for (let i = 0; i < zero; i++) if (bytes[i] === 10) line++;
  throw new FileError(
    `${name}: line ${line} holds a zero byte; expected text (is it a table, and is its encoding told?)`,
  );
}
