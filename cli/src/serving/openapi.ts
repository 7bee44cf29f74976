// The OpenAPI document of a server: what can be asked of its model, and what is answered.

import { DTYPE_HEADER, RAW_DTYPES, SHAPE_HEADER } from "./read-tensors.ts";
import type { ServedModel } from "./served-model.ts";

type Schema = Readonly<Record<string, unknown>>;

const MOST = 3.4028234663852886e38;
const NUMBER: Schema = { type: "number", minimum: -MOST, maximum: MOST };

/** @param maxExamples that one request may hold */
export function openapiOf(served: ServedModel, version: string, maxExamples: number): object {
  const refusals = (statuses: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(statuses).map(([status, description]) => [
        status,
        {
          description,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      ]),
    );
  const raw = { schema: { type: "string", format: "binary" } };
  const json = { schema: requestSchema(served, maxExamples) };
  const isRaw = served.inputs.length === 1 && served.outputs.length === 1;
  const get = (summary: string, type: string, schema: Schema, more: object = {}) => ({
    get: {
      summary,
      responses: { 200: { description: summary, content: { [type]: { schema } } }, ...more },
    },
  });
  const status = {
    type: "object",
    required: ["status"],
    properties: { status: { type: "string" } },
  };
  return {
    openapi: "3.1.0",
    info: { title: `neurite serve: ${served.name}`, version },
    paths: {
      "/predict": {
        post: {
          summary: "What the model says of examples",
          operationId: "predict",
          parameters: isRaw ? headerParameters(served) : [],
          requestBody: {
            required: true,
            content: {
              "application/json": json,
              ...(isRaw && { "application/octet-stream": raw }),
              "application/vnd.safetensors": raw,
            },
          },
          responses: {
            200: {
              description: "Predictions, in the form in which examples were sent",
              content: {
                "application/json": { schema: responseSchema(served) },
                ...(isRaw && { "application/octet-stream": raw }),
                "application/vnd.safetensors": raw,
              },
            },
            ...refusals({
              400: "The body is not what its type says",
              413: "The body or the number of examples is too large",
              415: "The body is of another type",
              422: "The examples do not fit the model",
              503: "Too much waits already, or the server is about to end: try again",
              504: "No answer in time",
            }),
          },
        },
      },
      "/healthz": get("The server runs", "application/json", status),
      "/readyz": get(
        "It takes requests",
        "application/json",
        status,
        refusals({ 503: "It is about to end" }),
      ),
      "/metrics": get("Counts and times, for Prometheus", "text/plain", { type: "string" }),
      "/openapi.json": get("This document", "application/json", { type: "object" }),
    },
    components: {
      schemas: {
        Error: { type: "object", required: ["error"], properties: { error: { type: "string" } } },
      },
    },
  };
}

/** They bear on raw tensors alone: what they must be is said in words, as a body of another type has none. */
function headerParameters({ inputs }: ServedModel): object[] {
  const shape = ["2", ...inputs[0]!.shape].join(",");
  const types = RAW_DTYPES.join(", ");
  const schema = { type: "string" };
  return [
    { name: DTYPE_HEADER, in: "header", description: `of a raw tensor: ${types}`, schema },
    { name: SHAPE_HEADER, in: "header", description: `of a raw tensor: as in ${shape}`, schema },
  ];
}

function requestSchema(served: ServedModel, maxExamples: number): Schema {
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
  if (served.table) return object("rows", list(rowSchema(served.table)));
  const lists = served.inputs.map(({ shape }, i) =>
    list(exampleSchema(shape, served.readsGaps[i]!)),
  );
  if (lists.length === 1) return object("examples", lists[0]!);
  const names = served.inputs.map(({ name }) => name);
  return object("examples", {
    type: "object",
    required: names,
    additionalProperties: false,
    properties: Object.fromEntries(names.map((name, i) => [name, lists[i]])),
  });
}

/** Nested lists, or all numbers of an example in one. */
function exampleSchema(shape: readonly number[], readsGaps: boolean): Schema {
  const number = readsGaps ? { anyOf: [NUMBER, { type: "null" }] } : NUMBER;
  const list = (items: Schema, length: number): Schema => ({
    type: "array",
    minItems: length,
    maxItems: length,
    items,
  });
  const nested = shape.reduceRight(list, number as Schema);
  if (shape.length < 2) return nested;
  return {
    anyOf: [
      nested,
      list(
        number,
        shape.reduce((a, b) => a * b, 1),
      ),
    ],
  };
}

function rowSchema({ columns, file }: NonNullable<ServedModel["table"]>): Schema {
  const cell = (description: string): Schema => ({
    type: ["string", "number", "boolean", "null"],
    description,
  });
  const properties = columns.map((column) => {
    const known = column.type === "category" ? `, as ${column.values.slice(0, 5).join(", ")}` : "";
    return [column.name, cell(`${column.type}${known}`)] as const;
  });
  return {
    ...{ type: "object", minProperties: 1, properties: Object.fromEntries(properties) },
    description: `What the run does not read is left out, ${file.target} too, which is predicted.`,
    anyOf: columns.map(({ name }) => ({ required: [name] })),
  };
}

function responseSchema({ classes, scale, outputs }: ServedModel): Schema {
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
