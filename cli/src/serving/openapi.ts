// The OpenAPI document of a server: what can be asked of its model, and what is answered.

import { DTYPE_HEADER, RAW_DTYPES, SHAPE_HEADER } from "./read-tensors.ts";
import type { Schema, ServedModel } from "./served-model.ts";

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
  const json = { schema: served.json.requestSchema(maxExamples) };
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
                "application/json": { schema: served.json.answerSchema },
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
  const shape = (inputs[0]!.shape ?? [])
    .map((dim) => (typeof dim === "number" ? dim : 2))
    .join(",");
  const types = RAW_DTYPES.join(", ");
  const schema = { type: "string" };
  return [
    { name: DTYPE_HEADER, in: "header", description: `of a raw tensor: ${types}`, schema },
    { name: SHAPE_HEADER, in: "header", description: `of a raw tensor: as in ${shape}`, schema },
  ];
}
