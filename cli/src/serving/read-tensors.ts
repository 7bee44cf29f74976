// Requests and answers in bytes: one tensor with its type and shape in headers, or several as safetensors.

import { NeuriteError } from "neurite";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "neurite/formats";
import { elementCount } from "../files/element-count.ts";
import { jobOf, typeText } from "./fit.ts";
import { unfitting } from "./json-body.ts";
import { Refusal } from "./refusal.ts";
import type { Answer, Job, ServedModel, ServedPort } from "./served-model.ts";

const DTYPES = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  int64: BigInt64Array,
} as const;

export const DTYPE_HEADER = "X-Tensor-DType";
export const SHAPE_HEADER = "X-Tensor-Shape";
/** Element types that a raw tensor may have. */
export const RAW_DTYPES: readonly string[] = Object.keys(DTYPES);

/**
 * One tensor, little-endian.
 * @throws Refusal for headers that are not there, and for what does not fit the model
 */
export function readRawJob(
  served: ServedModel,
  bytes: Uint8Array,
  dtype: string | undefined,
  shape: string | undefined,
): Job {
  if (served.inputs.length > 1) {
    throw unfitting(`this model has ${served.inputs.length} inputs: send them as safetensors`);
  }
  if (dtype === undefined || !Object.hasOwn(DTYPES, dtype)) {
    throw unfitting(
      `${DTYPE_HEADER}: expected ${RAW_DTYPES.join(", ")}, received ${dtype ?? "nothing"}`,
    );
  }
  if (shape === undefined || !/^(\d{1,9}(,\d{1,9}){0,7})?$/.test(shape)) {
    throw unfitting(
      `${SHAPE_HEADER}: expected a shape as in 2,784; received ${shape ?? "nothing"}`,
    );
  }
  const axes = shape === "" ? [] : shape.split(",").map(Number);
  const Type = DTYPES[dtype as keyof typeof DTYPES];
  const size = elementCount(axes);
  if (bytes.length !== size * Type.BYTES_PER_ELEMENT) {
    throw unfitting(
      `expected ${size * Type.BYTES_PER_ELEMENT} bytes for ${dtype} [${axes.join(", ")}], received ${bytes.length}`,
    );
  }
  const data = new Type(bytes.slice().buffer);
  return jobOf(served, [stored(served.inputs[0]!, dtype as keyof typeof DTYPES, axes, data)]);
}

function stored(
  { name }: ServedPort,
  dtype: keyof typeof DTYPES,
  shape: readonly number[],
  data: InstanceType<(typeof DTYPES)[keyof typeof DTYPES]>,
): StoredTensor {
  if (data instanceof BigInt64Array) {
    const far = data.find((value) => value !== BigInt.asIntN(32, value));
    if (far !== undefined)
      throw unfitting(`${name}: ${far} is beyond int32, which holds int64 here`);
    return { dtype: "int32", shape, data: Int32Array.from(data, Number) };
  }
  if (dtype === "bool" && data.some((value) => value > 1)) {
    throw unfitting(`${name}: expected bytes of 0 or 1 for bool`);
  }
  return { dtype: dtype as StoredTensor["dtype"], shape, data };
}

/** @throws Refusal for what is no such file, or does not hold the model's inputs by name */
export function readSafetensorsJob(served: ServedModel, bytes: Uint8Array): Job {
  let tensors: ReadonlyMap<string, StoredTensor>;
  try {
    ({ tensors } = decodeSafetensors(bytes));
  } catch (error) {
    if (error instanceof NeuriteError) throw new Refusal(400, error.message);
    throw error;
  }
  const names = served.inputs.map(({ name }) => name);
  const isAlone = names.length === 1 && tensors.size === 1;
  const found = isAlone ? [...tensors.values()] : names.map((name) => tensors.get(name));
  const missing = names.filter((_, i) => !found[i]);
  if (missing.length > 0) {
    throw unfitting(`expected tensors ${names.join(", ")}; there is no ${missing.join(", ")}`);
  }
  return jobOf(served, found as StoredTensor[]);
}

/** All outputs by name. */
export function writeSafetensors({ outputs }: ServedModel, answer: Answer): Uint8Array {
  const tensors = outputs.map(({ name }, i): [string, StoredTensor] => [name, answer.outputs[i]!]);
  const wide = outputs.filter(({ isInt64 }) => isInt64).map(({ name }) => [name, "I64"] as const);
  return encodeSafetensors(new Map(tensors), {}, { store: Object.fromEntries(wide) });
}

/** The only output, and what headers say of it. */
export function writeRaw(
  { outputs }: ServedModel,
  answer: Answer,
): { body: ArrayBuffer; headers: Record<string, string> } {
  const [port, tensor] = [outputs[0]!, answer.outputs[0]!];
  const data = port.isInt64
    ? BigInt64Array.from(tensor.data as Int32Array, (value) => BigInt(value))
    : tensor.data.slice();
  const headers = { [DTYPE_HEADER]: typeText(port), [SHAPE_HEADER]: tensor.shape.join(",") };
  return { body: data.buffer as ArrayBuffer, headers };
}
