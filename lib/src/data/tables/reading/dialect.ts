// How a file tells its fields apart, found from its first records.

import { type CutRecord, type Dialect, RecordScanner } from "../bytes/scan.ts";

/** Those that are tried, the surest first: a comma is also found in numbers and in sentences. */
const DELIMITERS = ["\t", ";", "|", ","];
const utf8 = new TextDecoder();

/** A record as texts. */
export interface SampleRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Bytes up to the last line end, unless they are all that there is. */
export function wholeLines(bytes: Uint8Array, isAll: boolean): Uint8Array {
  const last = isAll ? bytes.length : bytes.lastIndexOf(10) + 1;
  return bytes.subarray(0, last || bytes.length);
}

/** Excel's first line that names the delimiter, as `sep=;`: the delimiter and the bytes to leave out. */
export function namedDelimiter(bytes: Uint8Array): { delimiter: string; skip: number } | undefined {
  const head = utf8.decode(bytes.subarray(0, 16));
  const named = /^"?sep=([^\r\n"])"?(\r\n|\r|\n|$)/i.exec(head);
  return named ? { delimiter: named[1]!, skip: named[0].length } : undefined;
}

/** The records of a sample, at most `limit`; what is cut off at its end counts for nothing. */
export function sampleRecords(
  bytes: Uint8Array,
  dialect: Dialect,
  limit: number,
  line = 1,
): SampleRecord[] {
  const records: SampleRecord[] = [];
  const take = (record: CutRecord) => {
    if (records.length >= limit) throw ENOUGH;
    records.push({ line: record.line, cells: cellsOf(record) });
  };
  try {
    const scanner = new RecordScanner("", dialect, take, line);
    scanner.push(bytes);
    scanner.end();
  } catch (error) {
    // A sample may be cut within quotes; what is wrong with the file is said when it is read.
    if (error !== ENOUGH && !(error instanceof Error)) throw error;
  }
  return records;
}

const ENOUGH = Symbol("enough");

export function cellsOf({ bytes, starts, ends, count }: CutRecord): string[] {
  return Array.from({ length: count }, (_, i) => utf8.decode(bytes.subarray(starts[i], ends[i])));
}

/**
 * The delimiter by which most records have as many fields, more than one.
 * @returns undefined where none parts the records
 */
export function foundDelimiter(bytes: Uint8Array, quote: number): string | undefined {
  let best: { delimiter: string; share: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const records = sampleRecords(bytes, { delimiter: delimiter.charCodeAt(0), quote }, 1000);
    const share = shareOfCommonWidth(records);
    if (share >= 0.95 && records.length > 1) return delimiter;
    if (share > (best?.share ?? 0)) best = { delimiter, share };
  }
  if (best) return best.delimiter;
  // Blanks part words too: only a table has as many in every line.
  const records = sampleRecords(bytes, { delimiter: 32, quote }, 1000);
  return records.length > 2 && shareOfCommonWidth(records) === 1 ? " " : undefined;
}

/** Which part of the records has the commonest number of fields, if that is more than one. */
function shareOfCommonWidth(records: readonly SampleRecord[]): number {
  const width = commonWidth(records);
  if (width < 2) return 0;
  return records.filter(({ cells }) => cells.length === width).length / records.length;
}

/** The commonest number of fields; the larger of two that are as common. */
export function commonWidth(records: readonly SampleRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}
