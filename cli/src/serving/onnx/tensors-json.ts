// Tensors in JSON by the names that an ONNX file gives them, as lists in lists; and the schemas of that.

import type { DataArray } from "neurite";
import type { StoredTensor } from "neurite/formats";
import { dimsText, jobOf, typeText } from "../fit.ts";
import {
  asLists,
  expectFinite,
  FLOAT_SCHEMA,
  inWords,
  isFloat32,
  type JsonLists,
  parseBody,
  unfitting,
  valuesByName,
} from "../json-body.ts";
import type { Answer, Job, Schema, ServedModel, ServedPort } from "../served-model.ts";

const MOST_AXES = 32;

/** A job of `{"inputs": {"x": [[1, 2]]}}`; of one input the list may stand alone. */
export function jobInJson(served: ServedModel, bytes: Uint8Array): Job {
  const { inputs } = served;
  const given = parseBody(bytes, "inputs");
  const isAlone = inputs.length === 1 && Array.isArray(given);
  const names = inputs.map(({ name }) => name);
  const values = isAlone ? [given] : valuesByName("inputs", names, given);
  const tensors = inputs.map((port, i) =>
    tensorIn(port, values[i], isAlone ? "inputs" : `inputs.${port.name}`),
  );
  return jobOf(served, tensors);
}

/** Lengths are read off the first elements; all others must have them before anything is made. */
function tensorIn(port: ServedPort, value: unknown, where: string): StoredTensor {
  if (value === undefined) throw unfitting(`${where}: expected numbers, received nothing`);
  const shape: number[] = [];
  for (let at = value; Array.isArray(at) && shape.length <= MOST_AXES; at = at[0]) {
    shape.push(at.length);
  }
  if (shape.length > MOST_AXES || (port.shape && port.shape.length !== shape.length)) {
    throw unfitting(`${where}: expected ${dimsText(port.shape)}, received ${lists(shape.length)}`);
  }
  let level: readonly unknown[] = [value];
  for (const length of shape) {
    const other = level.find((list) => !Array.isArray(list) || list.length !== length);
    if (other !== undefined) {
      throw unfitting(
        `${where}: expected lists of ${length} as the first is, received ${inWords(other)}`,
      );
    }
    level = (level as readonly unknown[][]).flat(1);
  }
  const Type = { float32: Float32Array, float64: Float64Array, int32: Int32Array };
  const isByte = port.dtype === "uint8" || port.dtype === "bool";
  const data: DataArray = new (isByte ? Uint8Array : Type[port.dtype as keyof typeof Type])(
    level.length,
  );
  for (let i = 0; i < data.length; i++) data[i] = elementIn(port, level[i], where);
  return { dtype: port.dtype, shape, data };
}

const lists = (depth: number): string =>
  depth === 0 ? "no list" : `lists ${depth > MOST_AXES ? "too" : depth} deep`;

const RANGES = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255] } as const;

function elementIn(port: ServedPort, value: unknown, where: string): number {
  const { dtype } = port;
  if (dtype === "bool") {
    if (value === true || value === 1) return 1;
    if (value === false || value === 0) return 0;
    throw unfitting(`${where}: expected true or false, received ${inWords(value)}`);
  }
  if (typeof value !== "number")
    throw unfitting(`${where}: expected a number, received ${inWords(value)}`);
  if (dtype === "float32" || dtype === "float64") {
    if (dtype === "float64" || isFloat32(value)) return value;
    throw unfitting(`${where}: ${value} is more than ${dtype} holds`);
  }
  const [low, high] = RANGES[dtype];
  if (Number.isInteger(value) && value >= low && value <= high) return value;
  const held = port.isInt64 ? "int32, which holds int64 here" : dtype;
  throw unfitting(`${where}: expected a whole number within ${held}, received ${value}`);
}

/** `{"outputs": {"y": [[1, 2]]}}`: int64 as integers, bool as true and false. */
export function answerJson({ outputs }: ServedModel, answer: Answer): Schema {
  expectFinite(answer.outputs);
  const given = outputs.map(({ name }, i): [string, JsonLists] => {
    const { dtype, shape, data } = answer.outputs[i]!;
    const element = (at: number) => (dtype === "bool" ? data[at] === 1 : data[at]!);
    return [name, asLists(element, 0, shape)];
  });
  return { outputs: Object.fromEntries(given) };
}

/** @param maxExamples that one request may hold; null for an answer, of which lengths are not promised */
export function tensorsSchema(
  field: "inputs" | "outputs",
  served: Omit<ServedModel, "json" | "run" | "warmUp" | "name">,
  maxExamples: number | null,
): Schema {
  const ports = served[field];
  const schemas = ports.map((port) => portSchema(port, served, maxExamples));
  const byName = {
    type: "object",
    required: ports.map(({ name }) => name),
    additionalProperties: false,
    properties: Object.fromEntries(ports.map(({ name }, i) => [name, schemas[i]])),
  };
  const isAlone = maxExamples !== null && ports.length === 1 && schemas[0]!["type"] === "array";
  return {
    type: "object",
    required: [field],
    ...(maxExamples !== null && { additionalProperties: false }),
    properties: { [field]: isAlone ? { anyOf: [byName, schemas[0]] } : byName },
  };
}

function portSchema(
  port: ServedPort,
  { joins, maxLength }: Pick<ServedModel, "joins" | "maxLength">,
  maxExamples: number | null,
): Schema {
  const element = elementSchema(port, maxExamples === null);
  const description = `${typeText(port)} ${dimsText(port.shape)}`;
  if (port.shape === null) return { description };
  const list = (items: Schema, dim: number | string | null, axis: number): Schema => {
    if (maxExamples === null) return { type: "array", items };
    const most = joins && axis === 0 ? maxExamples : maxLength;
    const [minItems, maxItems] = typeof dim === "number" ? [dim, dim] : [1, most];
    return { type: "array", minItems, maxItems, items };
  };
  return { ...port.shape.reduceRight(list, element), description };
}

function elementSchema({ dtype }: ServedPort, isAnswer: boolean): Schema {
  if (dtype === "bool") return { type: "boolean" };
  if (dtype === "float32" && !isAnswer) return FLOAT_SCHEMA;
  if (dtype === "float32" || dtype === "float64") return { type: "number" };
  const [minimum, maximum] = RANGES[dtype];
  return { type: "integer", minimum, maximum };
}
