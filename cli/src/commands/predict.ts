// neurite predict: what a saved model says of one example.

import { existsSync } from "node:fs";
import type { Command } from "commander";
import { FileError } from "neurite";
import {
  dataNames,
  type Examples,
  isGzip,
  MNIST_SIDE,
  type NamedDataset,
  readIdx,
} from "neurite/data";
import { NODE_DATA } from "neurite/data/node";
import { idxLength } from "neurite/formats";
import { labelsOf, type Predictions, predictionsOf, probabilitiesOf } from "neurite/inspect";
import { DEFAULT_RUNS } from "neurite/train";
import { kindOfFile } from "../files/file-kinds.ts";
import { type OpenFile, withFile } from "../files/read-file.ts";
import { flagsGiven } from "../flags/flags.ts";
import { choiceOf, parseDates, parseDelimiter, parseWords } from "../flags/named.ts";
import { drawDigit, toDigit } from "../pictures/digit-image.ts";
import { decodePng } from "../pictures/png.ts";
import { isPng } from "../pictures/png-check.ts";
import { readRun, restoreModel } from "../runs/run-folder.ts";
import { loadSource } from "../sources/load.ts";
import { isTableRun } from "../sources/table-file.ts";
import type { TablePredictFlags } from "../tables/predict.ts";
import { bars } from "../terminal/bars.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { type Io, printEvent, printLines } from "../terminal/io.ts";
import { percent } from "../terminal/names.ts";
import { parseWhole } from "../terminal/options.ts";

type Rows = Examples["x"];

type PredictFlags = TablePredictFlags;

/** One example, and what it is if that is known. */
interface Example {
  readonly x: Rows;
  readonly label: number | null;
}

export function predictCommand(program: Command, io: Io): void {
  program
    .command("predict")
    .description(
      "What a saved model says of one example: a PNG picture, a row of an IDX file, a row of " +
        "the test examples of a data set, or plain numbers as in 5.1,3.5,1.4,0.2 (where the first is below 0: -- -2,3). " +
        "A run on a table of your own takes all rows of another table (or - for standard input), or one row as in " +
        "age=31,city=Paris",
    )
    .argument("<folder>", "folder of a run, as given to train --out")
    .argument("<example>", "picture.png, an IDX file, a data set, numbers, rows.csv or -")
    .option("--row <n>", "which example of the file or data set, from 0", parseWhole)
    .option(
      "--out <file>",
      "of a table: write the predictions here, as CSV (else they are printed)",
    )
    .option(
      "--delimiter <character>",
      'of a table: what parts fields: "," ";" or tab',
      parseDelimiter,
    )
    .option("--encoding <name>", "of a table: utf-8, utf-16le, windows-1252, ...")
    .option("--decimal <sign>", 'of a table: what parts decimals: "." or ","', choiceOf(".", ","))
    .option(
      "--dates <order>",
      "of a table: what comes first in 03/04/2024: dayFirst or monthFirst",
      parseDates,
    )
    .option("--missing <list>", "of a table: what stands for a gap, as in NA,-99", parseWords)
    .option("--overwrite", "replace the file that --out names, whatever it is")
    .option("--json", "print one JSON object, of a table one for each row")
    .action((folder: string, source: string, flags: PredictFlags) =>
      predict(io, folder, source, flags),
    );
}

async function predict(io: Io, folder: string, source: string, flags: PredictFlags): Promise<void> {
  const { row, json } = flags;
  const run = await readRun(folder);
  const model = restoreModel(run);
  if (isTableRun(run.spec)) {
    const { predictTableRows } = await import("../tables/predict.ts");
    return await predictTableRows(io, { spec: run.spec, model }, source, flags);
  }
  expectNoTableFlags(flags);
  const data = await loadSource(run.spec.data, run.spec);
  const { x, label } = await readExample(source, row, data);
  const [shape = []] = model.network.inputShapes;
  const size = shape.reduce((a, b) => a * b, 1);
  if (x.data.length !== size) {
    throw new CliError(
      `${source}: expected ${size} numbers for this model, received ${x.data.length}`,
    );
  }
  const predictions = await predictionsOf(model, { ...x, shape: [1, ...shape] });
  expectFinite(source, predictions);
  const isImage = data.view === "image" && size === MNIST_SIDE * MNIST_SIDE;
  if (data.classes === null) {
    const [value] = Array.from(predictions.values);
    if (json) printEvent(io, { event: "prediction", value });
    else printLines(io, String(value));
    return;
  }
  const shares = probabilitiesOf(predictions, 0);
  const names = shares.map((_, c) => data.classNames[c] ?? String(c));
  const best = shares.indexOf(Math.max(...shares));
  if (json) {
    const given = Object.fromEntries(names.map((name, c) => [name, shares[c]!]));
    const right = label === null ? {} : { label: names[label] };
    printEvent(io, { event: "prediction", class: names[best], probabilities: given, ...right });
    return;
  }
  if (isImage) printLines(io, ...drawDigit(x.data), "");
  printLines(
    io,
    ...bars(names, shares),
    "",
    `${names[best]} (${percent(shares[best]!, 1)})${verdict(names, label, best)}`,
  );
}

/** @throws UsageError for flags that only rows of a table understand */
function expectNoTableFlags(flags: PredictFlags): void {
  const { out, delimiter, encoding, decimal, dates, missing } = flags;
  const names = flagsGiven({ out, delimiter, encoding, decimal, dates, missing }).join(", ");
  if (names !== "") throw new UsageError(`${names}: this run reads no table of your own`);
}

/** @throws CliError where the outputs name no class and no number */
function expectFinite(source: string, { values }: Predictions): void {
  const numbers = Array.from(values);
  if (numbers.every(Number.isFinite)) return;
  const many = numbers.length > MOST_SHOWN ? ", …" : "";
  const outputs = `${numbers.slice(0, MOST_SHOWN).join(", ")}${many}`;
  throw new CliError(
    `${source}: the outputs of the network are not finite: ${outputs}. ` +
      "The numbers of the example are too large for it, or its weights are broken.",
  );
}

const MOST_SHOWN = 10;

function verdict(names: readonly string[], label: number | null, best: number): string {
  if (label === null) return "";
  return label === best ? ", which is right" : `, but it is ${names[label]}`;
}

async function readExample(
  source: string,
  row: number | undefined,
  own: NamedDataset,
): Promise<Example> {
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
): Promise<Example> {
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
function readNumbers(source: string): number[] | null {
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

function takeRow(what: string, { dtype, shape, data }: Rows, row: number | undefined): Rows {
  const count = shape[0] ?? 0;
  if (row === undefined) throw new UsageError(`--row: expected which of the ${count} examples`);
  if (row >= count) {
    throw new CliError(`${what}: expected a row from 0 to ${count - 1}, received ${row}`);
  }
  const size = data.length / count;
  return { dtype, shape: [1, size], data: data.subarray(row * size, (row + 1) * size) };
}
