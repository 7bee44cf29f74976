// Tensors out of numbers.

import { allocate, type DataArray, DTYPES, type DType, holds, isFloat } from "../ir/dtype.ts";
import { ArgumentError, ShapeError } from "../ir/errors.ts";
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
 * @param dtype float32 by default; bool where the data is boolean
 * @throws ShapeError where rows differ in length
 */
export function tensor<const T extends Nested>(
  data: Unless<RaggedError<"tensor", T>, T>,
  dtype?: DType,
): Tensor<ShapeOf<T>> {
  const nested = data as Nested;
  const type = checkDType(dtype) ?? (typeof firstOf(nested) === "boolean" ? "bool" : "float32");
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
  dtype: DType = dtypeOf(data),
): Tensor<Mutable<S>> {
  if (!holds(dtype, data)) throw new ArgumentError(`fromData: this array does not hold ${dtype}`);
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(`fromData: ${data.length} elements do not fill shape ${showShape(shape)}`);
  }
  return new Tensor({ type: { dtype, shape: [...shape] }, known: data.slice() });
}

/** `value` in every element. */
export function full<const S extends Shape>(
  shape: S,
  value: number,
  dtype: DType = "float32",
): Tensor<Mutable<S>> {
  checkShape("full", shape);
  return broadcastTo(scalar(value, checkDType(dtype)!), shape);
}

export function zeros<const S extends Shape>(shape: S, dtype?: DType): Tensor<Mutable<S>> {
  return full(shape, 0, dtype);
}

export function ones<const S extends Shape>(shape: S, dtype?: DType): Tensor<Mutable<S>> {
  return full(shape, 1, dtype);
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
  const length = Math.max(0, Math.ceil((to - from) / step));
  const whole = Number.isInteger(from) && Number.isInteger(step);
  const type = dtype ?? (whole ? "int32" : "float32");
  const known = allocate(type, length);
  for (let i = 0; i < length; i++) known[i] = from + i * step;
  return new Tensor({ type: { dtype: type, shape: [length] }, known });
}

/** `count` evenly spaced numbers, both ends included. */
export function linspace<const N extends number>(
  start: number,
  stop: number,
  count: N,
  dtype: DType = "float32",
): Tensor<[N]> {
  const known = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    known[i] = i === count - 1 ? stop : start + (i * (stop - start)) / (count - 1);
  }
  if (count === 1) known[0] = start;
  return new Tensor({ type: { dtype, shape: [count] }, known });
}

/** The identity matrix. */
export function eye<const N extends number>(n: N, dtype: DType = "float32"): Tensor<[N, N]> {
  const known = allocate(dtype, n * n);
  for (let i = 0; i < n; i++) known[i * n + i] = 1;
  return new Tensor({ type: { dtype, shape: [n, n] }, known });
}

/**
 * Ones at the labelled places: int32 labels of any shape give [...shape, classes]. A label outside
 * 0..classes-1 is an error where its value is known, and a row of zeros under compile().
 */
export function oneHot(labels: Tensor, classes: number, dtype: DType = "float32"): Tensor {
  const { known } = labels.read().parts;
  const wrong = known && [...known].find((label) => !(label >= 0 && label < classes));
  if (typeof wrong === "number") {
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
  const value = initial instanceof Tensor ? initial : tensor(initial as Nested, options.dtype);
  return new Variable(value, options);
}

function firstOf(nested: Nested): Nested | undefined {
  let level: Nested | undefined = nested;
  while (Array.isArray(level)) level = level[0];
  return level;
}

function dtypeOf(data: DataArray): DType {
  return DTYPES.find((dtype) => holds(dtype, data))!;
}

function checkDType(dtype: DType | undefined): DType | undefined {
  if (dtype !== undefined && !DTYPES.includes(dtype)) {
    throw unknownName("element type", String(dtype), DTYPES);
  }
  return dtype;
}

function checkShape(op: string, shape: readonly number[]): void {
  if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new ShapeError(
      `${op}: ${showShape(shape)} is not a shape: lengths are whole numbers >= 0`,
    );
  }
}

/** A number as a tensor that can meet `other`. @throws ArgumentError for 0.5 among integers */
export function numberLike(op: string, value: number, other: Tensor | undefined): Tensor {
  const dtype = other?.dtype ?? "float32";
  if (!isFloat(dtype) && !Number.isInteger(value)) {
    throw new ArgumentError(
      `${op}: ${value} is not a whole number, but the tensor is ${dtype}. Convert it with cast().`,
    );
  }
  return scalar(value, dtype);
}
