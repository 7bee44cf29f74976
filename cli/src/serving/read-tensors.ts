// What a request in bytes holds: one tensor with its type and shape in headers, or several as safetensors.

import { NeuriteError } from "neurite";
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from "neurite/formats";
import { Refusal } from "./refusal.ts";
import type { Answer, FloatArray, Job, ServedModel } from "./served-model.ts";

const DTYPES = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
} as const;

export const DTYPE_HEADER = "X-Tensor-DType";
export const SHAPE_HEADER = "X-Tensor-Shape";
/** Element types that a raw tensor may have. */
export const RAW_DTYPES: readonly string[] = Object.keys(DTYPES);

const unfit = (message: string) => new Refusal(422, message);

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
    throw unfit(`this model has ${served.inputs.length} inputs: send them as safetensors`);
  }
  if (dtype === undefined || !Object.hasOwn(DTYPES, dtype)) {
    throw unfit(
      `${DTYPE_HEADER}: expected ${RAW_DTYPES.join(", ")}, received ${dtype ?? "nothing"}`,
    );
  }
  if (shape === undefined || !/^\d{1,9}(,\d{1,9}){0,7}$/.test(shape)) {
    throw unfit(`${SHAPE_HEADER}: expected a shape as in 2,784; received ${shape ?? "nothing"}`);
  }
  const axes = shape.split(",").map(Number);
  const Type = DTYPES[dtype as keyof typeof DTYPES];
  const size = axes.reduce((a, b) => a * b, 1);
  if (bytes.length !== size * Type.BYTES_PER_ELEMENT) {
    throw unfit(
      `expected ${size * Type.BYTES_PER_ELEMENT} bytes for ${dtype} [${axes.join(", ")}], received ${bytes.length}`,
    );
  }
  const data = new Type(bytes.slice().buffer);
  return jobOf(served, [{ dtype: dtype as keyof typeof DTYPES, shape: axes, data }]);
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
    throw unfit(`expected tensors ${names.join(", ")}; there is no ${missing.join(", ")}`);
  }
  return jobOf(served, found as StoredTensor[]);
}

function jobOf({ inputs, dtype }: ServedModel, tensors: readonly StoredTensor[]): Job {
  const count = tensors[0]!.shape[0] ?? 0;
  const x = tensors.map(({ shape, data }, i): FloatArray => {
    const wanted = [count, ...inputs[i]!.shape];
    if (count === 0 || shape.join() !== wanted.join()) {
      const inside = inputs[i]!.shape.map((dim) => `, ${dim}`).join("");
      throw unfit(
        `${inputs[i]!.name}: expected [examples${inside}], received [${shape.join(", ")}]`,
      );
    }
    return dtype === "float64" ? Float64Array.from(data) : Float32Array.from(data);
  });
  return { count, x };
}

/** All outputs by name. */
export function writeSafetensors({ outputs, dtype }: ServedModel, answer: Answer): Uint8Array {
  const tensors = outputs.map(({ name, shape }, i): [string, StoredTensor] => [
    name,
    { dtype, shape: [answer.count, ...shape], data: answer.outputs[i]! },
  ]);
  return encodeSafetensors(new Map(tensors));
}
