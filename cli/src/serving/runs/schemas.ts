// The JSON of a run as schemas: examples or rows that come in, predictions that go out.

import type { ColumnSpec } from "neurite/spec";
import { elementCount } from "../../files/element-count.ts";
import { FLOAT_SCHEMA } from "../json-body.ts";
import type { Schema } from "../served-model.ts";
import type { RunForm } from "./form.ts";

/** Of the body of a request. @param maxExamples that it may hold */
export function requestSchema(form: RunForm, maxExamples: number): Schema {
  const list = (items: Schema): Schema => ({
    type: "array",
    minItems: 1,
    maxItems: maxExamples,
    items,
  });
  const object = (name: string, schema: Schema): Schema => ({
    type: "object",
    required: [name],
    additionalProperties: false,
    properties: { [name]: schema },
  });
  if (form.table) return object("rows", list(rowSchema(form.table)));
  const lists = form.inputs.map(({ shape }, i) => list(exampleSchema(shape, form.readsGaps[i]!)));
  if (lists.length === 1) return object("examples", lists[0]!);
  const names = form.inputs.map(({ name }) => name);
  return object("examples", {
    type: "object",
    required: names,
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name, i) => [name, lists[i]])),
  });
}

/** Nested lists, or all numbers of an example in one. */
function exampleSchema(shape: readonly number[], readsGaps: boolean): Schema {
  const number = readsGaps ? { anyOf: [FLOAT_SCHEMA, { type: "null" }] } : FLOAT_SCHEMA;
  const list = (items: Schema, length: number): Schema => ({
    type: "array",
    minItems: length,
    maxItems: length,
    items,
  });
  const nested = shape.reduceRight(list, number as Schema);
  if (shape.length < 2) return nested;
  return {
    anyOf: [nested, list(number, elementCount(shape))],
  };
}

const ANY: Schema = { type: ["string", "number", "boolean", "null"] };
/** What surely is a cell of a column; texts as people write numbers and dates are read too. */
const CELLS: Readonly<Record<ColumnSpec["type"], Schema>> = {
  number: {
    anyOf: [
      { type: ["number", "null"] },
      { type: "string", pattern: "^$|^-?\\d{1,9}(\\.\\d{1,9})?$" },
    ],
  },
  date: {
    anyOf: [
      { type: "null" },
      { type: "string", pattern: "^$|^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\\d|2[0-8])$" },
    ],
  },
  category: ANY,
  text: ANY,
};

function rowSchema({ columns, file }: NonNullable<RunForm["table"]>): Schema {
  const properties = columns.map((column) => {
    const known = column.type === "category" ? `, as ${column.values.slice(0, 5).join(", ")}` : "";
    return [column.name, { ...CELLS[column.type], description: `${column.type}${known}` }] as const;
  });
  return {
    ...{ type: "object", minProperties: 1, properties: Object.fromEntries(properties) },
    description: `What the run does not read is left out, ${file.target} too, which is predicted.`,
    anyOf: columns.map(({ name }) => ({ required: [name] })),
  };
}

/** Of an answer. */
export function responseSchema({ classes, scale, outputs }: RunForm): Schema {
  const record = (properties: Readonly<Record<string, Schema>>): Schema => ({
    type: "object",
    required: Object.keys(properties),
    properties,
  });
  const number: Schema = { type: "number" };
  const nested = (shape: readonly number[]): Schema =>
    shape.reduceRight<Schema>((items) => ({ type: "array", items }), number);
  const own = (): Schema => {
    if (classes) {
      const probabilities = record(Object.fromEntries(classes.map((name) => [name, number])));
      return record({ class: { type: "string", enum: classes }, probabilities });
    }
    const isValue = outputs.length === 1 && outputs[0]!.shape.join() === "1";
    if (scale && isValue) return record({ value: number });
    const given = outputs.map(({ name, shape }) => [name, nested(shape)] as const);
    if (given.length === 1) return record({ output: given[0]![1] });
    return record({ outputs: record(Object.fromEntries(given)) });
  };
  return {
    type: "object",
    required: ["predictions"],
    properties: {
      predictions: { type: "array", items: own() },
      notices: { type: "array", items: { type: "string" } },
    },
  };
}
