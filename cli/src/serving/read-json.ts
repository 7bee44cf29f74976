// What a request in JSON holds: examples as lists of numbers, or rows of a table as objects.

import { NeuriteError } from "neurite";
import { encodeColumns, tableOf, unknownValues } from "neurite/data/tables";
import { unknownName } from "neurite/ir";
import type { ColumnSpec } from "neurite/spec";
import { Refusal } from "./refusal.ts";
import type { FloatArray, Job, ServedModel } from "./served-model.ts";

export interface JsonJob extends Job {
  /** What was left out or not known: a sentence each. */
  readonly notices: readonly string[];
}

/** @throws Refusal 400 for what is no JSON, 422 for what does not fit the model */
export function readJsonJob(served: ServedModel, bytes: Uint8Array): JsonJob {
  const body = parse(bytes);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw unfit(`expected an object, received ${shown(body)}`);
  }
  const field = served.table ? "rows" : "examples";
  const names = Object.keys(body);
  const other = names.find((name) => name !== field);
  if (other !== undefined) throw unfit(unknownName("field", other, [field]).message);
  const given = (body as Record<string, unknown>)[field];
  return served.table ? readRows(served, served.table, given) : readExamples(served, given);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal(400, `the body is no JSON: ${(error as Error).message}`);
  }
}

const unfit = (message: string) => new Refusal(422, message);

function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(JSON.stringify(value));
}

function readExamples(served: ServedModel, given: unknown): JsonJob {
  const { inputs } = served;
  const lists = inputs.length === 1 ? [given] : listsByName(served, given);
  const x = lists.map((list, i) => readList(served, i, list));
  const sizes = inputs.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const counts = lists.map((list) => (list as unknown[]).length);
  if (counts.some((count) => count !== counts[0])) {
    throw unfit(`examples: expected as many of each input, received ${counts.join(" and ")}`);
  }
  return { count: x[0]!.length / Math.max(1, sizes[0]!), x, notices: [] };
}

function listsByName({ inputs }: ServedModel, given: unknown): unknown[] {
  const names = inputs.map(({ name }) => name);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw unfit(`examples: expected an object with ${names.join(", ")}, received ${shown(given)}`);
  }
  const other = Object.keys(given).find((name) => !names.includes(name));
  if (other !== undefined) throw unfit(`examples: ${unknownName("input", other, names).message}`);
  return names.map((name) => (given as Record<string, unknown>)[name]);
}

function readList({ inputs, readsGaps, dtype }: ServedModel, input: number, list: unknown) {
  const { name, shape } = inputs[input]!;
  const where = inputs.length === 1 ? "examples" : `examples.${name}`;
  if (!Array.isArray(list) || list.length === 0) {
    throw unfit(`${where}: expected a list of examples, received ${shown(list)}`);
  }
  const size = shape.reduce((a, b) => a * b, 1);
  const data: FloatArray = new (dtype === "float64" ? Float64Array : Float32Array)(
    list.length * size,
  );
  let at = 0;
  const number = (value: unknown, path: string): void => {
    if (value === null && readsGaps[input]) data[at] = Number.NaN;
    else if (typeof value !== "number")
      throw unfit(`${path}: expected a number, received ${shown(value)}`); // biome-ignore format: one line
    else {
      data[at] = value;
      if (!Number.isFinite(data[at])) throw unfit(`${path}: ${value} is more than ${dtype} holds`);
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
      throw unfit(`${path}: expected a list of ${length}, received ${shown(value)}`);
    }
    for (let i = 0; i < length; i++) read(value[i], inner, `${path}[${i}]`);
  };
  list.forEach((example: unknown, i) => {
    const isFlat = Array.isArray(example) && example.length === size && !Array.isArray(example[0]);
    read(example, isFlat ? [size] : shape, `${where}[${i}]`);
  });
  return data;
}

function readRows(
  { dtype }: ServedModel,
  { columns, file }: NonNullable<ServedModel["table"]>,
  given: unknown,
): JsonJob {
  if (!Array.isArray(given) || given.length === 0) {
    throw unfit(`rows: expected a list of objects, received ${shown(given)}`);
  }
  const names = columns.map(({ name }) => name);
  const [gaps, extra] = [new Set<string>(), new Set<string>()];
  const rows = given.map((row: unknown, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      throw unfit(`rows[${i}]: expected an object, received ${shown(row)}`);
    }
    const cells = row as Record<string, unknown>;
    const missing = names.filter((name) => !Object.hasOwn(cells, name));
    for (const name of missing) gaps.add(name);
    for (const [name, value] of Object.entries(cells)) {
      if (!names.includes(name)) {
        if (name !== file.target) extra.add(name);
        expectNoSlip(`rows[${i}]`, name, missing);
      } else if (typeof value === "object" && value !== null) {
        throw unfit(
          `rows[${i}].${name}: expected a text, a number or null, received ${shown(value)}`,
        );
      }
    }
    if (missing.length === names.length) {
      const received = Object.keys(cells).slice(0, 5).join(", ") || "nothing";
      throw unfit(`rows[${i}]: expected some of ${names.join(", ")}; received ${received}`);
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
    const x = [data.subarray(0, rows.length * shape[1]!) as FloatArray];
    return { count: rows.length, x, notices: [...left, ...unknown.slice(0, MOST_TOLD)] };
  } catch (error) {
    if (error instanceof NeuriteError) throw unfit(error.message);
    throw error;
  }
}

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
  if (message.includes("Did you mean")) throw unfit(`${where}: ${message}`);
}
