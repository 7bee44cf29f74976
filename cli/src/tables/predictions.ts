// What a run on a table says of rows of another: read as the run reads them, told as a table again.

import { encodeColumns, type Table, unknownValues } from "neurite/data/tables";
import { type Predictions, predictionsOf, probabilitiesOf } from "neurite/inspect";
import type { ColumnSpec } from "neurite/spec";
import type { Model, RunSpec } from "neurite/train";
import { STANDARD_INPUT, standardInput } from "../files/standard-input.ts";
import { columnsOf, readForColumns, readingOf } from "../sources/table.ts";
import type { TableReading } from "../sources/table-file.ts";
import { type TableFile, tableFile } from "../sources/table-spec.ts";
import { UsageError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";

/** Rows, and what is said of each. */
export interface RowPredictions {
  readonly file: TableFile;
  /** Where each row begins in its file. */
  readonly lines: Int32Array;
  /** Outputs of the network; values as they were learnt, scaled. */
  readonly predictions: Predictions;
  /** What was left out or not known: a sentence each. */
  readonly notices: readonly string[];
}

/**
 * @param path of a table, or "-" for standard input
 * @throws CliError for rows without a column that the run reads
 */
export async function predictTable(
  path: string,
  spec: RunSpec,
  model: Model,
  flags: TableReading = {},
): Promise<RowPredictions> {
  const bytes = path === STANDARD_INPUT ? await standardInput() : undefined;
  return await predictRows(path, bytes, { spec, model, flags });
}

/** "age=31,city=Paris" as a row; what is not given is a gap. Null for what is no such thing. */
export async function predictPairs(
  text: string,
  spec: RunSpec,
  model: Model,
  said: TableReading = {},
): Promise<RowPredictions | null> {
  const given = pairsOf(text);
  if (!given) return null;
  const names = columnsOf(spec.model).map(({ name }) => name);
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `${text}: this run reads no column "${unknown}"; it reads ${names.join(", ")}`,
    );
  }
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const rows = [names, names.map((name) => given.get(name) ?? "")];
  const csv = rows.map((row) => row.map(quoted).join(",")).join("\n");
  // The file that was learnt may have been written with decimal commas, what is typed here with points.
  const plain = { delimiter: ",", encoding: "utf-8", decimal: undefined, header: true };
  const flags = { ...plain, ...said };
  const bytes = new TextEncoder().encode(csv);
  const found = await predictRows(GIVEN, bytes, { spec, model, flags }).catch(withoutLine);
  const gaps = names.filter((name) => !given.has(name));
  if (gaps.length === 0) return found;
  return {
    ...found,
    notices: [`not given, and taken for gaps: ${gaps.join(", ")}`, ...found.notices],
  };
}

/** What errors call a row that is written out. */
const GIVEN = "the row";

function withoutLine(error: unknown): never {
  if (error instanceof Error) error.message = error.message.replace(/: line 2 holds/, " holds");
  throw error;
}

/** What has no "=" belongs to the value before it, as in a=0,5,b=x. */
function pairsOf(text: string): Map<string, string> | null {
  const pairs = text.split(/,(?=[^,]*=)/).map((pair) => {
    const at = pair.indexOf("=");
    return at > 0 ? ([pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const) : null;
  });
  return pairs.every((pair) => pair !== null) ? new Map(pairs) : null;
}

interface Reader {
  readonly spec: RunSpec;
  readonly model: Model;
  readonly flags: TableReading;
}

async function predictRows(
  path: string,
  bytes: Uint8Array | undefined,
  { spec, model, flags }: Reader,
): Promise<RowPredictions> {
  const file = tableFile(spec.data.file!);
  const columns = columnsOf(spec.model);
  const { types: _, header = true, ...reading } = { ...readingOf(file, columns), ...flags };
  const own = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  const { table } = await readForColumns(path, { ...reading, header, types: own }, columns, bytes);
  const x = encodeColumns(columns, table, { dtype: spec.dtype });
  return {
    file,
    lines: table.lines,
    predictions: await predictionsOf(model, x),
    notices: [...table.notices, ...unknownTold(columns, table), ...extraTold(columns, table, file)],
  };
}

const MOST_TOLD = 5;

function unknownTold(columns: readonly ColumnSpec[], table: Table): string[] {
  const found = unknownValues(columns, table);
  const told = found.slice(0, MOST_TOLD).map(({ column, value, rows }) => {
    const where = rows.length === 1 ? `line ${table.lines[rows[0]!]}` : plural(rows.length, "row");
    const place = table.rows === 1 ? "" : ` (${where})`;
    return `${column}: ${JSON.stringify(value)} was not met in training, and is taken for a gap${place}`;
  });
  const more = found.length - told.length;
  return more > 0 ? [...told, `and ${plural(more, "more value")} that were not met`] : told;
}

function extraTold(columns: readonly ColumnSpec[], table: Table, { target }: TableFile): string[] {
  const read = new Set([...columns.map(({ name }) => name), target]);
  const extra = table.columns.flatMap(({ name }) => (read.has(name) ? [] : [name]));
  if (extra.length === 0) return [];
  const more = extra.length > 10 ? ` and ${extra.length - 10} more` : "";
  return [`not read by this run: ${extra.slice(0, 10).join(", ")}${more}`];
}

/** What is said of one row. */
export interface RowPrediction {
  /** A class by its name, or a value in the target's own units. */
  readonly said: string | number;
  /** By class; null for values. */
  readonly probabilities: readonly number[] | null;
}

export function saidOf({ predictions, file }: RowPredictions, row: number): RowPrediction {
  const { classes, scale } = file;
  if (!classes) {
    const value = predictions.values[row]! * scale!.deviation + scale!.mean;
    return { said: Number(value.toPrecision(7)), probabilities: null };
  }
  const probabilities = probabilitiesOf(predictions, row);
  const best = probabilities.indexOf(Math.max(...probabilities));
  return { said: classes[best]!, probabilities };
}

/** The predictions as a table of their own: line, what is said, and the probability of each class. */
export function predictionTable(found: RowPredictions): Table {
  const { file, lines } = found;
  const { classes, target } = file;
  const rows = lines.length;
  const said = Array.from({ length: rows }, (_, row) => saidOf(found, row));
  const numbers = (name: string, at: (row: number) => number) =>
    ({
      name,
      type: "number",
      values: Float64Array.from({ length: rows }, (_, row) => at(row)),
    }) as const;
  const line = numbers("line", (row) => lines[row]!);
  const columns = classes
    ? [
        line,
        {
          name: target,
          type: "category",
          values: classes,
          codes: Int32Array.from(said, ({ said: name }) => classes.indexOf(name as string)),
        } as const,
        ...classes.map((name, c) =>
          numbers(`p(${name})`, (row) => Number(said[row]!.probabilities![c]!.toPrecision(6))),
        ),
      ]
    : [line, numbers(target, (row) => said[row]!.said as number)];
  return { name: "predictions", rows, columns, lines, notices: [] };
}
