// Tensors that someone sends against what the model takes: types, lengths, how many examples.

import type { DType } from "neurite";
import type { StoredTensor } from "neurite/formats";
import { unfitting } from "./json-body.ts";
import type { Job, ServedModel, ServedPort } from "./served-model.ts";

/** `[examples, 4]`; a length that may be any and has no name is "?". */
export const dimsText = (shape: ServedPort["shape"]): string =>
  shape ? `[${shape.map((dim) => dim ?? "?").join(", ")}]` : "of any shape";

/** The type as whoever asks knows it. */
export const typeText = ({ dtype, isInt64 }: ServedPort): string => (isInt64 ? "int64" : dtype);

/** One tensor for each input, as the model takes them. @throws Refusal 422 for what does not fit */
export function jobOf(served: ServedModel, tensors: readonly StoredTensor[]): Job {
  const lengths = new Map<string, number>();
  const x = tensors.map((tensor, i) => {
    const port = served.inputs[i]!;
    expectShape(served, port, tensor.shape, lengths);
    return converted(port, tensor);
  });
  return { count: served.joins ? x[0]!.shape[0]! : 1, x };
}

/** @param lengths of axes by name, that inputs before this one have */
function expectShape(
  { joins, maxLength }: ServedModel,
  port: ServedPort,
  shape: readonly number[],
  lengths: Map<string, number>,
): void {
  const wanted = port.shape;
  const isFree = (axis: number) => typeof wanted?.[axis] !== "number";
  const fits =
    (wanted === null || wanted.length === shape.length) &&
    shape.every((dim, axis) => (isFree(axis) ? dim > 0 : dim === wanted![axis]));
  if (!fits) {
    throw unfitting(`${port.name}: expected ${dimsText(wanted)}, received [${shape.join(", ")}]`);
  }
  shape.forEach((dim, axis) => {
    const isExamples = joins && axis === 0;
    if (!isExamples && isFree(axis) && dim > maxLength) {
      throw unfitting(
        `${port.name}: axis ${axis} is ${dim} long; this server takes up to ${maxLength}`,
      );
    }
    const given = wanted?.[axis];
    const name = isExamples ? "examples" : given;
    if (typeof name !== "string") return;
    const before = lengths.get(name) ?? dim;
    if (before !== dim) {
      const what = isExamples ? "as many examples of each input" : `${name} of one length`;
      throw unfitting(`${port.name}: expected ${what}, received ${before} and ${dim}`);
    }
    lengths.set(name, dim);
  });
}

const TAKES: Readonly<Record<DType, readonly DType[]>> = {
  float32: ["float32", "float64", "int32", "uint8", "bool"],
  float64: ["float32", "float64", "int32", "uint8", "bool"],
  int32: ["int32", "uint8"],
  uint8: ["uint8", "int32"],
  bool: ["bool", "uint8", "int32"],
};
const MOST: Readonly<Partial<Record<DType, number>>> = { uint8: 255, bool: 1 };

/** The same numbers in the model's own type: no float is cut to a whole number unasked. */
function converted(port: ServedPort, { dtype, shape, data }: StoredTensor): StoredTensor {
  const to = port.dtype;
  if (!TAKES[to].includes(dtype)) {
    throw unfitting(`${port.name}: expected ${typeText(port)}, received ${dtype}`);
  }
  const most = dtype === to ? undefined : MOST[to];
  const wrong = most === undefined ? undefined : data.find((value) => value < 0 || value > most);
  if (wrong !== undefined) throw unfitting(`${port.name}: ${wrong} is no number that ${to} holds`);
  if (dtype === to) return { dtype, shape, data };
  const own = { float32: Float32Array, float64: Float64Array, int32: Int32Array };
  const Type = to === "uint8" || to === "bool" ? Uint8Array : own[to];
  return { dtype: to, shape, data: Type.from(data) };
}
