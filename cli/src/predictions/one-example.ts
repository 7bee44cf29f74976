// One example for a run on a data set by name: a digit in a PNG, a row of an IDX file or of a data set, plain numbers.

import { existsSync } from "node:fs";
import { FileError } from "neurite";
import { dataNames, type Examples, isGzip, type NamedDataset, readIdx } from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { idxLength } from "neurite/formats";
import { labelsOf } from "neurite/inspect";
import { DEFAULT_RUNS } from "neurite/train";
import { kindOfFile } from "../files/file-kinds.ts";
import { type OpenFile, withFile } from "../files/read-file.ts";
import { toDigit } from "../pictures/digit-image.ts";
import { decodePng } from "../pictures/png.ts";
import { isPng } from "../pictures/png-check.ts";
import { loadSource } from "../sources/load.ts";
import { CliError, UsageError } from "../terminal/failures.ts";

type Rows = Examples["x"];

/** One example, and what it is if that is known. */
export interface OneExample {
  readonly x: Rows;
  readonly label: number | null;
}

/** @throws UsageError or CliError for what is no example */
export async function readExample(
  source: string,
  row: number | undefined,
  own: NamedDataset,
): Promise<OneExample> {
  const numbers = readNumbers(source);
  if (numbers) {
    const data = Float32Array.from(numbers);
    return { x: { dtype: "float32", shape: [1, data.length], data }, label: null };
  }
  if (dataNames(NODE_DATA).includes(source)) {
    const data = source === own.name ? own : await loadSource(DEFAULT_RUNS[source]!.data);
    const x = takeRow(`the test examples of ${source}`, data.test.x, row);
    const label = data.classes === null ? null : labelsOf(data.test)[row!]!;
    return { x, label };
  }
  return await withFile(source, (file) => exampleIn(source, file, row, own));
}

/** Bytes that a file may hold at most, by what it is. */
const MOST_PICTURE = 2 ** 26;
const MOST_GZIP = 2 ** 28;
const MOST_IDX = 2 ** 30;

async function exampleIn(
  source: string,
  { head, all }: OpenFile,
  row: number | undefined,
  own: NamedDataset,
): Promise<OneExample> {
  if (isPng(head) || /\.png$/i.test(source)) {
    if (row !== undefined) throw new UsageError("--row: a picture is one example");
    if (own.view !== "image") throw new CliError(`${source}: this model does not read pictures`);
    const bytes = isPng(head) ? await all(MOST_PICTURE) : refuseKind(source, head, "a PNG picture");
    const data = toDigit(source, decodePng(source, bytes));
    return { x: { dtype: "uint8", shape: [1, data.length], data }, label: null };
  }
  if (isGzip(head)) {
    const x = await inIdx(source, async () => await readIdx(await all(MOST_GZIP)));
    return { x: takeRow(source, x, row), label: null };
  }
  if (kindOfFile(head) !== null) refuseKind(source, head, "a PNG picture or an IDX file");
  const length = await inIdx(source, async () => idxLength(head));
  const bytes = await all(Math.min(MOST_IDX, length));
  const x = await inIdx(source, async () => await readIdx(bytes));
  return { x: takeRow(source, x, row), label: null };
}

function refuseKind(source: string, head: Uint8Array, expected: string): never {
  const kind = kindOfFile(head);
  const found = kind === null ? "" : `this is ${kind}; `;
  throw new CliError(`${source}: ${found}expected ${expected}`);
}

/**
 * "5.1,3.5" or "5.1 3.5" as numbers; null for what does not begin with a number, or is a file.
 * @throws UsageError where only some of them are numbers
 */
export function readNumbers(source: string): number[] | null {
  const parts = source.trim().split(/\s*,\s*|\s+/);
  const numbers = parts.map((part) => (part === "" ? Number.NaN : Number(part)));
  const begins = /^[-+]?(\d|\.\d|nan$|inf(inity)?$)/i.test(parts[0]!);
  if (!begins || existsSync(source)) return null;
  const wrong = numbers.findIndex((value) => !Number.isFinite(value));
  const large = numbers.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (wrong < 0 && large >= 0) {
    throw new UsageError(
      `expected numbers up to 3.4e38 in size, which is the most of float32; received ${parts[large]}`,
    );
  }
  if (wrong < 0) return numbers;
  throw new UsageError(
    `expected a file or numbers as in 5.1,3.5,1.4,0.2; "${parts[wrong]}" is not a number`,
  );
}

async function inIdx<T>(path: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CliError(`${path}: expected a PNG picture or an IDX file: ${error.message}`);
  }
}

export function takeRow(what: string, { dtype, shape, data }: Rows, row: number | undefined): Rows {
  const count = shape[0] ?? 0;
  if (row === undefined) throw new UsageError(`--row: expected which of the ${count} examples`);
  if (row >= count) {
    throw new CliError(`${what}: expected a row from 0 to ${count - 1}, received ${row}`);
  }
  const size = data.length / count;
  return { dtype, shape: [1, size], data: data.subarray(row * size, (row + 1) * size) };
}
