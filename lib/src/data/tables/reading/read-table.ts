// Reads a table out of bytes: CSV and its kin, or JSON; what is not told is found and said.

import { expectArgument, expectOptions } from "../../../checks/arguments.ts";
import { FileError } from "../../../checks/errors.ts";
import { refuseBinary } from "../bytes/binary.ts";
import { piecesOf, type TableSource, tableSource } from "../bytes/source.ts";
import { SAMPLE, Utf8Pieces } from "../bytes/utf8.ts";
import type { DateOrder } from "../cells/dates.ts";
import type { Table } from "../table.ts";
import { readDelimited } from "./delimited.ts";
import { readJson } from "./json.ts";
import { expectTypes, READ_TABLE_OPTIONS, type ReadTableOptions } from "./options.ts";

/** How a file was read: the options that read it so again. */
export interface TableFormat {
  readonly kind: "fields" | "json";
  readonly encoding: string;
  /** Of fields. */
  readonly delimiter?: string;
  readonly decimal?: "." | ",";
  readonly header?: boolean;
  /** Of dates such as 03/04/2024, where all columns that have them have them in one order. */
  readonly dates?: DateOrder;
}

/** A table, and how its file is written. */
export interface ReadTable extends Table {
  readonly format: TableFormat;
}

/**
 * A table out of a file's bytes: fields parted by commas, tabs, semicolons or bars, one JSON object a line, or a JSON
 * list of objects. Encoding, delimiter, decimal sign, titles, header and units are found from the first megabyte, the
 * types of columns from all rows. Bytes are read as they come and numbers kept as numbers, so that memory is that of
 * the columns. Nothing in a file is ever carried out: a formula is a text.
 * @throws ArgumentError (as a rejection) for unknown options and for types of columns that are not there
 * @throws FileError for what is no table: the sentence names the line, and the column where there is one
 */
export async function readTable(
  source: TableSource,
  options: ReadTableOptions = {},
): Promise<ReadTable> {
  expectOptions("readTable", options, READ_TABLE_OPTIONS);
  expectTypes("readTable", options.types);
  if (source !== "") expectArgument("readTable", "source", source, tableSource);
  const { name = "table" } = options;
  const utf8 = new Utf8Pieces(options.encoding);
  const pieces = utf8.of(checked(name, piecesOf(source)));
  try {
    const { table, format } = await tableIn(name, pieces, options);
    const encoding = utf8.found?.name ?? "utf-8";
    const notices = [...encodingNotices(utf8, options.encoding), ...table.notices];
    return { ...table, notices, format: { ...format, encoding } };
  } finally {
    // A file that is refused halfway is closed.
    await pieces.return();
  }
}

async function tableIn(
  name: string,
  pieces: AsyncGenerator<Uint8Array, void, undefined>,
  options: ReadTableOptions,
): Promise<{ table: Table; format: Omit<TableFormat, "encoding"> }> {
  const { head, isAll } = await headOf(pieces);
  const first = head.find((byte) => byte > 32);
  if (first === undefined && isAll) throw new FileError(`${name}: is empty; expected a table`);
  refuseBinary(name, head);
  const bytes = { head, isAll, rest: pieces };
  const isJson = options.delimiter === undefined && (first === 0x7b || first === 0x5b);
  return isJson ? await readJson(name, bytes, options) : await readDelimited(name, bytes, options);
}

async function headOf(
  pieces: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; isAll: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < SAMPLE) {
    const { done, value } = await pieces.next();
    if (done) return { head: concatenated(parts, size), isAll: true };
    parts.push(value);
    size += value.length;
  }
  return { head: concatenated(parts, size), isAll: false };
}

function concatenated(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const out = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function encodingNotices({ found }: Utf8Pieces, wanted: string | undefined): string[] {
  if (!found || wanted !== undefined || found.name === "utf-8") return [];
  const how = found.isGuess
    ? "by the look of its bytes (encoding names another)"
    : "by the mark at its beginning";
  return [`read as ${found.name}, ${how}`];
}

/** Stops at the signs of files that are no text, before their bytes are taken for an encoding. */
async function* checked(
  name: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let isFirst = true;
  for await (const piece of pieces) {
    if (isFirst) refuseBinary(name, piece, true);
    isFirst = false;
    yield piece;
  }
}
