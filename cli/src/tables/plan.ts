// A run on a table of one's own: reads it, judges its columns, and writes the specification.

import { basename } from "node:path";
import { planColumns, type Table, type TableColumn } from "neurite/data/tables";
import { unknownName } from "neurite/ir";
import { columnPlaces } from "neurite/spec";
import { parseRunSpec, type RunSpec } from "neurite/train";
import { STANDARD_INPUT } from "../files/standard-input.ts";
import { applyFlags } from "../flags/apply.ts";
import type { RunFlags, TableFlags } from "../flags/flags.ts";
import {
  partsOf,
  rowsToLearn,
  type TableDataset,
  TEST_FRACTION,
  tableDataset,
} from "../sources/table.ts";
import { readTableFile } from "../sources/table-file.ts";
import type { TableFile } from "../sources/table-spec.ts";
import { classesOf, labelsIn, numbersOf, targetColumn } from "../sources/table-target.ts";
import { CliError, UsageError } from "../terminal/failures.ts";
import { tableRun } from "./default-run.ts";

/** @throws UsageError or CliError for a target or columns that are not there, or that teach nothing */
export async function planTable(
  path: string,
  flags: RunFlags & TableFlags,
): Promise<{ readonly spec: RunSpec; readonly data: TableDataset }> {
  if (path === STANDARD_INPUT) {
    throw new UsageError(
      "train: a run reads its table again; expected a file, received standard input",
    );
  }
  const { goal, parts, reading, ignored, sha256, notices } = await readParts(path, flags);
  const { testFraction = TEST_FRACTION, seed = 0, columns: named = [] } = flags;
  const keep = named.filter((name) => name !== goal.target);
  const plans = planColumns(parts.train, { except: [goal.target], keep });
  const columns = plans.flatMap((plan) => plan.column ?? []);
  if (columns.length === 0) {
    const why = plans.slice(0, 5).map(({ name, done }) => `${name}: ${done}`);
    const said = why.length > 0 ? ` (${why.join("; ")})` : ` beside the target ${goal.target}`;
    throw new CliError(`${parts.train.name}: no column is left to learn from${said}`);
  }
  const leftOut = plans.flatMap(({ name, column: kept }) => (kept ? [] : [[name, "ignore"]]));
  const file: TableFile = {
    kind: "table",
    path,
    ...goal,
    ...(!goal.classes && { scale: scaleOf(parts.train, goal.target) }),
    ...reading,
    types: { ...ignored, ...flags.types, ...Object.fromEntries(leftOut) },
    sha256,
  };
  const run = tableRun({
    ...{ name: basename(path), file, columns, testFraction, seed },
    width: columnPlaces(columns).at(-1)!.to,
    rows: parts.train.rows,
  });
  const spec = parseRunSpec(applyFlags(run, flags));
  const data = tableDataset(parts, {
    ...{ request: spec.data, file, columns, plans, dtype: spec.dtype },
    notices,
  });
  return { spec, data };
}

/**
 * The table in its two parts, and how it was read. What is not in the parts is let go of here: of a million rows
 * there is no memory for both.
 */
async function readParts(path: string, flags: RunFlags & TableFlags) {
  const { target, delimiter, encoding, decimal, header, missing, ragged, dates } = flags;
  const given = { delimiter, encoding, decimal, missing, ragged };
  const { types, ignored } = typesOf(flags);
  const { table: read, sha256 } = await readTableFile(path, { ...given, types, header, dates });
  const column = targetColumn(read, target);
  const all = namedColumns(read, flags.columns, column);
  const { classes, notices: rare } = withoutRare(classesOf(column, all), column, all);
  const goal = { target: column.name, ...(classes && { classes }) };
  const { table, notices } = rowsToLearn(all, goal);
  const { testFraction, seed } = flags;
  const parts = partsOf(table, goal, { testFraction, seed });
  if (parts.train.rows < LEAST_ROWS) {
    throw new CliError(
      `${all.name}: expected at least ${LEAST_ROWS} rows to train on, received ${parts.train.rows}`,
    );
  }
  return {
    ...{ goal, parts, sha256 },
    reading: {
      ...defined({ ...given, dates: dates ?? read.format.dates }),
      ...(read.format.header === false && { header: false }),
    },
    ignored: { ...ignored, ...ignoring(without(read, all)) },
    notices: [...all.notices, ...rare, ...notices],
  };
}

const ignoring = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, "ignore"]));

/** @throws UsageError where the target is among the columns to ignore */
function typesOf({ target, types = {}, ignore = [] }: TableFlags) {
  const ignored = ignoring(ignore);
  const all = { ...types, ...ignored };
  if (target !== undefined && Object.hasOwn(all, target) && all[target] === "ignore") {
    throw new UsageError(`--target: ${target} is to be learnt, and cannot be ignored`);
  }
  return { types: all, ignored };
}

/** The table with these columns and the target alone. @throws UsageError for one that is not there */
function namedColumns(
  table: Table,
  names: readonly string[] | undefined,
  target: TableColumn,
): Table {
  if (names === undefined) return table;
  const there = table.columns.map(({ name }) => name);
  const unknown = names.find((name) => !there.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--columns: ${unknownName("column", unknown, there).message}`);
  }
  const columns = table.columns.filter((one) => one === target || names.includes(one.name));
  return { ...table, columns };
}

const without = (all: Table, kept: Table): string[] =>
  all.columns.flatMap((column) => (kept.columns.includes(column) ? [] : [column.name]));

/** A class of which there is one row can be learnt or tested, not both. */
function withoutRare(classes: string[] | null, column: TableColumn, { name }: Table) {
  if (!classes) return { classes, notices: [] };
  const counts = new Int32Array(classes.length);
  for (const label of labelsIn(column, classes)) if (label >= 0) counts[label]! += 1;
  const often = classes.filter((_, label) => counts[label]! > 1);
  const rare = classes.filter((_, label) => counts[label] === 1);
  if (rare.length === 0) return { classes, notices: [] };
  const shown = rare.slice(0, 10).join(", ") + (rare.length > 10 ? ", ..." : "");
  if (often.length < 2) {
    throw new CliError(
      `${name}: the target ${column.name}: expected two classes or more with several rows each; of ${shown} there is one row`,
    );
  }
  return { classes: often, notices: [`classes of a single row are left out: ${shown}`] };
}

/** Fewer are no table to learn from. */
const LEAST_ROWS = 4;

function scaleOf(train: Table, target: string) {
  const values = numbersOf(targetColumn(train, target), train);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) || 1 };
}

function defined<T extends object>(record: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
