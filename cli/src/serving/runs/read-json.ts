// What a request in JSON holds: examples as lists of numbers, or rows of a table as objects.

import { NeuriteError } from "neurite";
import { encodeColumns, tableOf, unknownValues } from "neurite/data/tables";
import { unknownName } from "neurite/ir";
import type { ColumnSpec } from "neurite/spec";
import { elementCount } from "../../files/element-count.ts";
import { inWords, isFloat32, parseBody, unfitting, valuesByName } from "../json-body.ts";
import type { Job } from "../served-model.ts";
import { type RunForm, tensorOf } from "./form.ts";

interface JsonJob {
  readonly job: Job;
  /** What was left out or not known: a sentence each. */
  readonly notices: readonly string[];
}

/** @throws Refusal 400 for what is no JSON, 422 for what does not fit the model */
export function readJsonJob(form: RunForm, bytes: Uint8Array): JsonJob {
  const field = form.table ? "rows" : "examples";
  const given = parseBody(bytes, field);
  return form.table ? readRows(form, form.table, given) : readExamples(form, given);
}

function readExamples(form: RunForm, given: unknown): JsonJob {
  const { inputs } = form;
  const lists =
    inputs.length === 1
      ? [given]
      : valuesByName(
          "examples",
          inputs.map(({ name }) => name),
          given,
        );
  const x = lists.map((list, i) => readList(form, i, list));
  const counts = lists.map((list) => (list as unknown[]).length);
  if (counts.some((count) => count !== counts[0])) {
    throw unfitting(`examples: expected as many of each input, received ${counts.join(" and ")}`);
  }
  return { job: { count: counts[0]!, x }, notices: [] };
}

function readList({ inputs, readsGaps, dtype }: RunForm, input: number, list: unknown) {
  const { name, shape } = inputs[input]!;
  const where = inputs.length === 1 ? "examples" : `examples.${name}`;
  if (!Array.isArray(list) || list.length === 0) {
    throw unfitting(`${where}: expected a list of examples, received ${inWords(list)}`);
  }
  const size = elementCount(shape);
  const tensor = tensorOf({ dtype }, [list.length, ...shape]);
  const { data } = tensor;
  let at = 0;
  const number = (value: unknown, path: string): void => {
    if (value === null && readsGaps[input]) data[at] = Number.NaN;
    else if (typeof value !== "number")
      throw unfitting(`${path}: expected a number, received ${inWords(value)}`); // biome-ignore format: one line
    else {
      data[at] = value;
      const isHeld = dtype === "float64" ? Number.isFinite(value) : isFloat32(value);
      if (!isHeld) throw unfitting(`${path}: ${value} is more than ${dtype} holds`);
    }
    at++;
  };
  const read = (value: unknown, axes: readonly number[], path: string): void => {
    const [length, ...inner] = axes;
    if (length === undefined) {
      number(value, path);
      return;
    }
    if (!Array.isArray(value) || value.length !== length) {
      throw unfitting(`${path}: expected a list of ${length}, received ${inWords(value)}`);
    }
    for (let i = 0; i < length; i++) read(value[i], inner, `${path}[${i}]`);
  };
  list.forEach((example: unknown, i) => {
    const isFlat = Array.isArray(example) && example.length === size && !Array.isArray(example[0]);
    read(example, isFlat ? [size] : shape, `${where}[${i}]`);
  });
  return tensor;
}

function readRows(
  { dtype }: RunForm,
  { columns, file }: NonNullable<RunForm["table"]>,
  given: unknown,
): JsonJob {
  if (!Array.isArray(given) || given.length === 0) {
    throw unfitting(`rows: expected a list of objects, received ${inWords(given)}`);
  }
  const names = columns.map(({ name }) => name);
  const [gaps, extra] = [new Set<string>(), new Set<string>()];
  const rows = given.map((row: unknown, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw unfitting(`rows[${i}]: expected an object, received ${inWords(row)}`);
    }
    const cells = row as Record<string, unknown>;
    const missing = names.filter((name) => !Object.hasOwn(cells, name));
    for (const name of missing) gaps.add(name);
    for (const [name, value] of Object.entries(cells)) {
      if (!names.includes(name)) {
        if (name !== file.target) extra.add(name);
        expectNoSlip(`rows[${i}]`, name, missing);
      } else if (typeof value === "object" && value !== null) {
        throw unfitting(
          `rows[${i}].${name}: expected a text, a number or null, received ${inWords(value)}`,
        );
      }
    }
    if (missing.length === names.length) {
      const received = Object.keys(cells).slice(0, 5).join(", ") || "nothing";
      throw unfitting(`rows[${i}]: expected some of ${names.join(", ")}; received ${received}`);
    }
    const own = (name: string) => (Object.hasOwn(cells, name) ? cells[name] : null);
    return Object.fromEntries(names.map((name) => [name, own(name)]));
  });
  try {
    const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
    const { missing } = file;
    const all = [...rows, fullRow(columns)];
    const table = tableOf(all, { name: "rows", types, ...(missing && { missing }) });
    const unknown = unknownValues(columns, table).map(
      ({ column, value }) =>
        `${column}: ${JSON.stringify(value)} was not met in training, and is taken for a gap`,
    );
    const listed = (names: Iterable<string>) => [...names].slice(0, MOST_TOLD).join(", ");
    const left = [
      ...(gaps.size > 0 ? [`not given, and taken for gaps: ${listed(gaps)}`] : []),
      ...(extra.size > 0 ? [`not read by this run: ${listed(extra)}`] : []),
    ];
    const { shape, data } = encodeColumns(columns, table, { dtype });
    const x = [
      { dtype, shape: [rows.length, shape[1]!], data: data.subarray(0, rows.length * shape[1]!) },
    ];
    const notices = [...left, ...unknown.slice(0, MOST_TOLD)];
    return { job: { count: rows.length, x }, notices };
  } catch (error) {
    if (error instanceof NeuriteError) throw unfitting(inTermsOfRows(error.message));
    throw error;
  }
}

/** The reader of tables speaks of lines, from 1 on, and of its own options. */
const inTermsOfRows = (message: string): string =>
  message
    .replace(/\bline (\d+)/, (_, line) => `rows[${Number(line) - 1}]`)
    .replace(/ \(missing: .*\)$/, "");

/** A row without gaps, to stand below the others: a table of nothing but gaps would be refused. */
function fullRow(columns: readonly ColumnSpec[]): Record<string, string | number> {
  const cell = (column: ColumnSpec) => {
    if (column.type === "number") return 0;
    if (column.type === "date") return "2000-01-01";
    return (column.type === "category" ? column.values : column.words)[0] ?? "a";
  };
  return Object.fromEntries(columns.map((column) => [column.name, cell(column)]));
}

const MOST_TOLD = 20;

/** A column that the run does not read is left out, but for what looks like one of those that are missing. */
function expectNoSlip(where: string, name: string, missing: readonly string[]): void {
  const { message } = unknownName("column", name, missing);
  if (message.includes("Did you mean")) throw unfitting(`${where}: ${message}`);
}
