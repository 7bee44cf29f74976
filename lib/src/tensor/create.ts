// Tensors out of numbers.

import { allocate, type DataArray, DTYPES, type DType, holds } from "../ir/dtype.ts";
import { ArgumentError, DTypeError, ShapeError } from "../ir/errors.ts";
import { unknownName } from "../ir/nearest.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import type { Nested, RaggedError, Shape, ShapeOf, Unless } from "../ir/shape-types/index.ts";
import { prims } from "../runtime/apply.ts";
import { flattenNested } from "../runtime/nested.ts";
import { scalar } from "../runtime/numbers.ts";
import { Tensor } from "../runtime/tensor.ts";
import { Variable, type VariableOptions } from "../runtime/variable.ts";
import { broadcastTo } from "./broadcast.ts";

type Mutable<S extends Shape> = number extends S["length"] ? any : [...S];

/**
 * A tensor of nested arrays (or a number, or a typed array), copied.
 * @param dtype float32 by default; bool where the data is boolean, a typed array's own type
 * @throws ShapeError where rows differ in length
 */
export function tensor<const T extends Nested | DataArray>(
  data: Unless<RaggedError<"tensor", T>, T>,
  dtype?: DType,
): Tensor<ShapeOf<T>> {
  checkDType(dtype);
  const given = data as Nested | DataArray;
  const nested = ArrayBuffer.isView(given) ? Array.from(given) : given;
  const natural = typeof firstOf(nested) === "boolean" ? "bool" : "float32";
  const type = dtype ?? (ArrayBuffer.isView(given) ? dtypeOf("tensor", given) : natural);
  const { data: known, shape } = flattenNested(nested, type);
  return new Tensor({ type: { dtype: type, shape }, known });
}

/**
 * A tensor over row-major data, copied; the element type is the array's.
 * @throws ShapeError unless the data fills the shape
 */
export function fromData<const S extends Shape>(
  data: DataArray,
  shape: S,
  dtype: DType = dtypeOf("fromData", data),
): Tensor<Mutable<S>> {
  checkDType(dtype);
  checkShape("fromData", shape);
  if (!holds(dtype, data)) {
    throw new DTypeError(
      `fromData: expected an array that holds ${dtype}, received ${kindOf(data)}`,
    );
  }
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(`fromData: ${data.length} elements do not fill shape ${showShape(shape)}`);
  }
  const known = dtype === "bool" ? data.map((x) => (x === 0 ? 0 : 1)) : data.slice();
  return new Tensor({ type: { dtype, shape: [...shape] }, known });
}

/** `value` in every element. */
export function full<const S extends Shape>(
  shape: S,
  value: number,
  dtype: DType = "float32",
): Tensor<Mutable<S>> {
  return filled("full", shape, value, dtype);
}

export function zeros<const S extends Shape>(
  shape: S,
  dtype: DType = "float32",
): Tensor<Mutable<S>> {
  return filled("zeros", shape, 0, dtype);
}

export function ones<const S extends Shape>(
  shape: S,
  dtype: DType = "float32",
): Tensor<Mutable<S>> {
  return filled("ones", shape, 1, dtype);
}

function filled(op: string, shape: readonly number[], value: number, dtype: DType): Tensor {
  checkDType(dtype);
  checkShape(op, shape);
  return broadcastTo(scalar(value, dtype), shape);
}

export function zerosLike<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return full(x.type.shape, 0, x.dtype) as Tensor<S>;
}

export function onesLike<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return full(x.type.shape, 1, x.dtype) as Tensor<S>;
}

/** Numbers from start (0 by default) to below stop, by step: `arange(3)`, `arange(1, 4, 0.5)`. */
export function arange(start: number, stop?: number, step = 1, dtype?: DType): Tensor<[number]> {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0) throw new ArgumentError("arange: the step must not be 0");
  checkDType(dtype);
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isSafeInteger(length)) {
    throw new ArgumentError(
      `arange: expected finite numbers, received start ${from}, stop ${to} and step ${step}`,
    );
  }
  const whole = Number.isInteger(from) && Number.isInteger(step);
  const type = dtype ?? (whole ? "int32" : "float32");
  const known = allocate(type, length);
  for (let i = 0; i < length; i++) known[i] = element(from + i * step, type);
  return new Tensor({ type: { dtype: type, shape: [length] }, known });
}

/** `count` evenly spaced numbers, both ends included. */
export function linspace<const N extends number>(
  start: number,
  stop: number,
  count: N,
  dtype: DType = "float32",
): Tensor<[N]> {
  checkDType(dtype);
  checkCount("linspace", count);
  const known = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    const last = i === count - 1 && i > 0;
    const x = last ? stop : start + (i * (stop - start)) / Math.max(count - 1, 1);
    known[i] = element(x, dtype);
  }
  return new Tensor({ type: { dtype, shape: [count] }, known });
}

/** The identity matrix. */
export function eye<const N extends number>(n: N, dtype: DType = "float32"): Tensor<[N, N]> {
  checkDType(dtype);
  checkCount("eye", n);
  const known = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) known[i * n + i] = 1;
  return new Tensor({ type: { dtype, shape: [n, n] }, known });
}

/**
 * Ones at the labelled places: int32 labels of any shape give [...shape, classes]. A label outside
 * 0..classes-1 is an error where its value is known, and a row of zeros under compile().
 */
export function oneHot(labels: Tensor, classes: number, dtype: DType = "float32"): Tensor {
  checkDType(dtype);
  checkCount("oneHot", classes);
  const { known } = labels.read().parts;
  const wrong = known?.find((label: number) => !(label >= 0 && label < classes));
  if (wrong !== undefined) {
    throw new ArgumentError(`oneHot: label ${wrong} is outside 0..${classes - 1}`);
  }
  const whole = labels.dtype === "int32" ? labels : prims.cast(labels, { dtype: "int32" });
  const shape = [...labels.type.shape, classes];
  const column = prims.reshape(whole, { shape: [...labels.type.shape, 1] });
  const here = prims.eq(
    broadcastTo(column, shape),
    broadcastTo(prims.iota({ length: classes, dtype: "int32" }), shape),
  );
  return prims.cast(here, { dtype });
}

/** A tensor with state: see `Variable`. */
export function variable<const T extends Nested>(
  initial: Tensor | T,
  options: VariableOptions & { readonly dtype?: DType } = {},
): Variable {
  const { dtype } = options;
  if (!(initial instanceof Tensor)) return new Variable(tensor(initial as Nested, dtype), options);
  checkDType(dtype);
  const same = dtype === undefined || dtype === initial.dtype;
  return new Variable(same ? initial : prims.cast(initial, { dtype }), options);
}

function firstOf(nested: Nested): Nested | undefined {
  let level: Nested | undefined = nested;
  while (Array.isArray(level)) level = level[0];
  return level;
}

function dtypeOf(op: string, data: unknown): DType {
  const found = DTYPES.find((dtype) => holds(dtype, data));
  if (found) return found;
  throw new DTypeError(
    `${op}: expected a Float32Array, Float64Array, Int32Array or Uint8Array, ` +
      `received ${kindOf(data)}`,
  );
}

/** `an Array`, `a Float64Array`, `a string`. */
function kindOf(data: unknown): string {
  const isObject = typeof data === "object" && data !== null;
  const name = isObject ? (data.constructor?.name ?? "object") : typeof data;
  return `${/^[AEIO]/i.test(name) ? "an" : "a"} ${name}`;
}

/** A number as an element of this type: anything but 0 is true. */
function element(x: number, dtype: DType): number {
  return dtype === "bool" ? Number(x !== 0) : x;
}

/** @throws ArgumentError with the nearest known name */
export function checkDType(dtype: DType | undefined): void {
  if (dtype === undefined || DTYPES.includes(dtype)) return;
  throw unknownName("element type", String(dtype), DTYPES);
}

function checkCount(op: string, count: number): void {
  if (Number.isInteger(count) && count >= 0) return;
  throw new ArgumentError(`${op}: expected a whole number >= 0, received ${count}`);
}

/** @throws ShapeError unless every length is a whole number >= 0 */
export function checkShape(op: string, shape: readonly number[]): void {
  if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new ShapeError(
      `${op}: ${showShape(shape)} is not a shape: lengths are whole numbers >= 0`,
    );
  }
}

/** The least and greatest elements of the types that hold whole numbers only. */
const RANGES: Partial<Record<DType, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 255],
  bool: [0, 1],
};

/** A number as a tensor that can meet `other`. @throws ArgumentError for 0.5 among integers */
export function numberLike(op: string, value: number, other: Tensor | undefined): Tensor {
  const dtype = other?.dtype ?? "float32";
  const range = RANGES[dtype];
  if (range && !Number.isInteger(value)) {
    throw new ArgumentError(
      `${op}: ${value} is not a whole number, but the tensor is ${dtype}. Convert it with cast().`,
    );
  }
  if (range && (value < range[0] || value > range[1])) {
    throw new ArgumentError(
      `${op}: ${value} does not fit the tensor's element type ${dtype}. Convert it with cast().`,
    );
  }
  return scalar(value, dtype);
}
