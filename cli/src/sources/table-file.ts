// A table in a file, or on standard input: its rows, and by what the file is known again.

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type ReadTable, readTable } from "neurite/data/tables";
import { named } from "../files/read-file.ts";
import { STANDARD_INPUT } from "../files/standard-input.ts";
import { inFlags } from "./flag-words.ts";

/** How a table is read, where that is not found out; see readTable. */
export interface TableReading {
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
  readonly decimal?: string | undefined;
  readonly header?: boolean | undefined;
  readonly missing?: readonly string[] | undefined;
  readonly ragged?: string | undefined;
  readonly dates?: string | undefined;
  readonly types?: Readonly<Record<string, string>> | undefined;
}

export interface TableRead {
  readonly table: ReadTable;
  /** Of all bytes, in hexadecimal digits: another one is another file. */
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * @param held its bytes, where they have been read already
 * @throws NeuriteError for what is no table, with line and column; errors of the system name the path
 */
export async function readTableFile(
  path: string,
  reading: TableReading,
  held?: Uint8Array,
): Promise<TableRead> {
  const stream = held ? [held] : createReadStream(path, { highWaterMark: 2 ** 20 });
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of stream as Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
  }
  try {
    const name = path === STANDARD_INPUT ? "standard input" : basename(path);
    const given = Object.entries(reading).filter(([, value]) => value !== undefined);
    const table = await readTable(counted(), { name, ...Object.fromEntries(given) });
    const told = { ...table, notices: table.notices.map(inFlags) };
    return { table: told, sha256: hash.digest("hex"), bytes };
  } catch (error) {
    if (error instanceof Error) error.message = inFlags(error.message);
    throw named(error, path);
  } finally {
    if ("destroy" in stream) stream.destroy();
  }
}

const TABLE_FILE = /\.(csv|tsv|tab|txt|jsonl|ndjson)$/i;

/** Whether a source is a table by its name, and no specification or data set. */
export function isTableFile(source: string): boolean {
  return TABLE_FILE.test(source);
}
