// A table of one's own as a data set: parted as its run says, its columns as the run's model reads them.

import { ArgumentError } from "neurite";
import {
  type DataRequest,
  type Examples,
  type NamedDataset,
  pickExamples,
  Rng,
} from "neurite/data";
import {
  type ColumnPlan,
  encodeColumns,
  pickTableRows,
  splitTable,
  type Table,
} from "neurite/data/tables";
import type { ColumnSpec, FileSpec, NetworkSpec, RunSpec, Scale } from "neurite/spec";
import { CliError } from "../terminal/failures.ts";
import { plural } from "../terminal/names.ts";
import { readTableFile, type TableRead, type TableReading } from "./table-file.ts";
import { type TableFile, tableFile } from "./table-spec.ts";
import { labelsIn, numbersOf, targetColumn } from "./table-target.ts";

/** What of a run says how its data are read. */
export type RunReader = Pick<RunSpec, "model" | "dtype">;

type FloatDType = RunSpec["dtype"];

/** What of a data set is a table's alone. */
export interface TablePart {
  readonly columns: readonly ColumnSpec[];
  readonly target: string;
  readonly scale: Scale | null;
  /** Where in the file each example begins. */
  readonly lines: { readonly train: Int32Array; readonly test: Int32Array };
  /** What was assumed, what was left out, what has changed: a sentence each. */
  readonly notices: readonly string[];
  /** What is done with each column, where the run is new. */
  readonly plans: readonly ColumnPlan[] | null;
}

export type TableDataset = NamedDataset & { readonly table: TablePart };

/** What of a data set is a table's, null for other sets. */
export function tablePartOf(data: NamedDataset): TablePart | null {
  return "table" in data ? (data as TableDataset).table : null;
}

/** How much is kept for testing unless told otherwise. */
export const TEST_FRACTION = 0.2;

export interface TableParts {
  readonly train: Table;
  readonly test: Table;
}

/** The rows that have a target, which is a category with the classes of the run where it has classes. */
export function rowsToLearn(
  table: Table,
  { target, classes }: Pick<TableFile, "target" | "classes">,
): { readonly table: Table; readonly notices: readonly string[] } {
  const column = targetColumn(table, target);
  const values = classes ? labelsIn(column, classes) : numbersOf(column, table);
  const isKnown = (value: number) => (classes ? value >= 0 : Number.isFinite(value));
  const learnt: Table = classes
    ? {
        ...table,
        columns: table.columns.map((other) =>
          other === column
            ? { name: target, type: "category", codes: values as Int32Array, values: classes }
            : other,
        ),
      }
    : table;
  const rows = Array.from(values.keys()).filter((row) => isKnown(values[row]!));
  const left = table.rows - rows.length;
  if (left === 0) return { table: learnt, notices: [] };
  const why = classes ? "missing, or none of the run's classes" : "missing, or no number";
  if (rows.length === 0) {
    throw new CliError(`${table.name}: the target ${target} is ${why}, in every row`);
  }
  return {
    table: pickTableRows(learnt, rows),
    notices: [`${plural(left, "row")} left out, whose ${target} is ${why}`],
  };
}

/** Training and test rows, each with its share of every class. */
export function partsOf(
  table: Table,
  { target, classes }: Pick<TableFile, "target" | "classes">,
  { testFraction = TEST_FRACTION, seed = 0 }: Pick<DataRequest, "testFraction" | "seed">,
): TableParts {
  if (testFraction === 0) return { train: table, test: pickTableRows(table, []) };
  return splitTable(table, { testFraction, seed, ...(classes && { stratify: target }) });
}

type About = Pick<TablePart, "columns" | "notices" | "plans"> & {
  readonly request: Pick<DataRequest, "name" | "seed">;
  readonly file: TableFile;
  readonly dtype: FloatDType;
};

/** Examples of the parts of a table; those to train on in an order of their own, since files are often sorted. */
export function tableDataset(parts: TableParts, about: About): TableDataset {
  const { request, file, columns, notices, plans } = about;
  const { classes, scale, target } = file;
  const order = Int32Array.from({ length: parts.train.rows }, (_, row) => row);
  new Rng(request.seed ?? 0).shuffle(order);
  return {
    name: request.name,
    view: "table",
    classes: classes?.length ?? null,
    classNames: classes ?? [],
    train: pickExamples(examplesOf(parts.train, about), order),
    test: examplesOf(parts.test, about),
    table: {
      ...{ columns, notices, plans, target },
      scale: scale ?? null,
      lines: { train: order.map((row) => parts.train.lines[row]!), test: parts.test.lines },
    },
  };
}

function examplesOf(table: Table, { columns, file, dtype }: About): Examples {
  const { classes, scale, target } = file;
  return {
    x: encodeColumns(columns, table, { dtype }),
    y: classes ? labelsOf(table, target, classes) : scaledValues(table, target, scale!, dtype),
  };
}

function labelsOf(table: Table, target: string, classes: readonly string[]) {
  const data = labelsIn(targetColumn(table, target), classes);
  return { dtype: "int32", shape: [table.rows], data } as const;
}

function scaledValues(
  table: Table,
  target: string,
  { mean, deviation }: Scale,
  dtype: FloatDType = "float32",
) {
  const values = numbersOf(targetColumn(table, target), table);
  const scaled = Float64Array.from(values, (value) => (value - mean) / deviation);
  const data = dtype === "float64" ? scaled : Float32Array.from(scaled);
  return { dtype, shape: [table.rows, 1], data } as const;
}

/** The columns that the model of a run reads. @throws CliError for a model that reads no table */
export function columnsOf(model: NetworkSpec | undefined): readonly ColumnSpec[] {
  const layers = model && ("layers" in model ? model.layers : model.nodes);
  const found = layers?.find(({ kind }) => kind === "tableFeatures")?.["columns"];
  if (Array.isArray(found)) return found as readonly ColumnSpec[];
  throw new CliError(
    'spec: model: expected a layer "tableFeatures" with the columns of the table, as ' +
      "neurite train people.csv --target income writes it",
  );
}

/** The data of a run that has been made: the same rows in the same parts. */
export async function loadTable(
  request: DataRequest & { readonly file: FileSpec },
  run: RunReader | undefined,
): Promise<TableDataset> {
  const columns = columnsOf(run?.model);
  const file = tableFile(request.file);
  const { parts, notices } = await readParts(file, columns, request);
  const { dtype = "float32" } = run ?? {};
  return tableDataset(parts, { request, file, dtype, columns, notices, plans: null });
}

/** What is not in the parts is let go of here: of a million rows there is no memory for both. */
async function readParts(file: TableFile, columns: readonly ColumnSpec[], request: DataRequest) {
  const read = await readForColumns(file.path, readingOf(file, columns), columns);
  const kept = rowsToLearn(read.table, file);
  const notices = [...changed(file, read), ...read.table.notices, ...kept.notices];
  return { parts: partsOf(kept.table, file, request), notices };
}

/** Another table with the columns of a run, all of it to test on. */
export async function loadOtherTable(
  path: string,
  { data, model, dtype }: RunReader & Pick<RunSpec, "data">,
): Promise<TableDataset> {
  const columns = columnsOf(model);
  const file = tableFile({ ...data.file!, path });
  const reading = readingOf({ ...file, types: undefined }, columns);
  const wanted = [...columns, { name: file.target }];
  const { table } = await readForColumns(path, reading, wanted);
  const kept = rowsToLearn(table, file);
  const notices = [...table.notices, ...kept.notices];
  const parts = { train: pickTableRows(kept.table, []), test: kept.table };
  const request = { name: table.name };
  return tableDataset(parts, { request, file, dtype, columns, notices, plans: null });
}

/** How rows for a model are read: each column as what the model takes it for. */
export function readingOf(
  { types, target, classes, ...file }: TableFile,
  columns: readonly ColumnSpec[],
): TableReading {
  const own = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  const { delimiter, encoding, decimal, header, missing, ragged, dates } = file;
  const goal = classes ? "category" : "number";
  return {
    ...{ delimiter, encoding, decimal, header, missing, ragged, dates },
    types: { ...types, ...own, [target]: goal },
  };
}

/**
 * A table with the columns of a run. Where one is missing it is read again as it is, so that all are named.
 * @param bytes of it, where they have been read already
 */
export async function readForColumns(
  path: string,
  reading: TableReading,
  columns: readonly { readonly name: string }[],
  bytes?: Uint8Array,
): Promise<TableRead> {
  try {
    return await readTableFile(path, reading, bytes);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const { table } = await readTableFile(path, { ...reading, types: undefined }, bytes);
    const names = table.columns.map(({ name }) => name);
    const missing = columns.flatMap(({ name }) => (names.includes(name) ? [] : [name]));
    if (missing.length === 0) throw error;
    throw new CliError(
      `${table.name}: the run reads ${missing.length === 1 ? "a column that is" : "columns that are"} ` +
        `not there: ${missing.join(", ")}. The table has ${names.join(", ")}.`,
    );
  }
}

function changed({ path, sha256 }: TableFile, read: TableRead): string[] {
  if (sha256 === undefined || sha256 === read.sha256) return [];
  return [
    `${path} has changed since the run was made: rows may be others, and in other parts, than it learned from`,
  ];
}
