// Reads JSON: an object a line, a list of objects, or an object of columns.

import { show } from "../../../checks/arguments.ts";
import { FileError } from "../../../checks/errors.ts";
import { type CutRecord, RecordScanner } from "../bytes/scan.ts";
import type { Utf8Bytes } from "../bytes/utf8.ts";
import type { DateOrder } from "../cells/dates.ts";
import type { Table } from "../table.ts";
import { dateOrder, tableOfRows } from "./finish.ts";
import { addColumns, ObjectRows } from "./object-rows.ts";
import type { ReadTableOptions } from "./options.ts";
import { rulesOf } from "./rules.ts";

/** What is not an object a line is read at once: that much of it. */
const WHOLE = 2 ** 28;
/** Nothing delimits and nothing quotes: a record is a line. */
const LINES = { delimiter: -1, quote: -1 };
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws FileError for what is no JSON, and no table */
export async function readJson(
  name: string,
  bytes: Utf8Bytes,
  options: ReadTableOptions,
): Promise<{ table: Table; format: { kind: "json"; dates?: DateOrder } }> {
  const { types = {}, maxCells = 50_000_000 } = options;
  const rows = new ObjectRows(rulesOf(name, options, "."), types, "line", maxCells);
  if (hasObjectALine(bytes.head)) {
    const add = ({ bytes: of, starts, ends, line }: CutRecord) =>
      rows.add(parsed(name, of.subarray(starts[0], ends[0]), line), line);
    const scanner = new RecordScanner(name, LINES, add);
    scanner.push(bytes.head);
    for await (const piece of bytes.rest) scanner.push(piece);
    scanner.end();
  } else addWhole(name, rows, await wholeOf(name, bytes));
  return {
    table: tableOfRows(name, rows, options),
    format: { kind: "json", ...dateOrder([...rows.builders.values()]) },
  };
}

/** Whether the first line is an object on its own. */
function hasObjectALine(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head).trimStart();
  const line = text.split(/\r?\n/, 1)[0]!;
  if (!line.startsWith("{")) return false;
  try {
    const first = JSON.parse(line) as Record<string, unknown>;
    // One line that is all there is may hold columns.
    return line.length < text.trimEnd().length || !Object.values(first).some(Array.isArray);
  } catch {
    // A first line that is cut, or wrong: a list or an object over several lines ends in an opening.
    return line.trimEnd().endsWith("}");
  }
}

function parsed(name: string, line: Uint8Array, number: number): unknown {
  try {
    return JSON.parse(utf8.decode(line));
  } catch (error) {
    throw new FileError(`${name}: line ${number} is no JSON: ${reason(error)}`);
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : show(error));

async function wholeOf(name: string, { head, rest }: Utf8Bytes): Promise<unknown> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parts: string[] = [];
  let size = 0;
  const take = (piece: Uint8Array, isLast: boolean) => {
    size += piece.length;
    if (size > WHOLE) {
      throw new FileError(
        `${name}: has more than ${WHOLE / 2 ** 20} MiB; expected one object a line, which is read line by line`,
      );
    }
    parts.push(decoder.decode(piece, { stream: !isLast }));
  };
  try {
    take(head, false);
    for await (const piece of rest) take(piece, false);
    take(new Uint8Array(0), true);
    return JSON.parse(parts.join(""));
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`${name}: is no JSON: ${reason(error)}`);
  }
}

function addWhole(name: string, rows: ObjectRows, whole: unknown): void {
  if (Array.isArray(whole)) {
    for (const [i, record] of whole.entries()) rows.add(record, i + 1);
    return;
  }
  const columns = Object.entries(whole as object);
  const lists = columns.filter(([, values]) => Array.isArray(values)) as [string, unknown[]][];
  if (lists.length < columns.length || lists.length === 0) {
    throw new FileError(
      `${name}: holds ${show(whole)}; expected a list of objects, an object a line, or an object of columns, { name: [values], ... }`,
    );
  }
  addColumns(rows, lists, (says) => new FileError(`${name}: ${says}`));
}
