// Tensors out of numbers.

import {
  anything,
  either,
  expectOptions,
  flag,
  type Kind,
  type Kinds,
  number,
  show,
  worded,
} from "../checks/arguments.ts";
import { DTypeError, ShapeError } from "../checks/errors.ts";
import { signature } from "../checks/signature.ts";
import { type DType, holds, type NumberArray, naturalDType } from "../ir/dtype.ts";
import { dataFromJSON } from "../ir/json/data.ts";
import { readCounts, readDType, readObject, unexpected } from "../ir/json/readers.ts";
import { showShape, sizeOf } from "../ir/shape.ts";
import { prims } from "../runtime/interpreter/apply.ts";
import { VARIABLE_OPTIONS, Variable, type VariableOptions } from "../runtime/state/variable.ts";
import { element } from "../runtime/values/element.ts";
import { dtypeKind, shapeKind, tensorKind } from "../runtime/values/kinds.ts";
import { flattenNested } from "../runtime/values/nested.ts";
import { scalar } from "../runtime/values/numbers.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import type { NestedInput, RaggedError, Shape, ShapeOf, Unless } from "../shapes/index.ts";
import { broadcastTo } from "./operands/broadcast.ts";
import { checkDType, checkShape } from "./operands/checks.ts";

export { arange, eye, linspace, oneHot } from "./sequences.ts";

type Mutable<S extends Shape> = number extends S["length"] ? any : [...S];

const checkTensor = signature<typeof tensor>("tensor(data, dtype?)", anything, dtypeKind);

/**
 * A tensor of nested arrays, of a number, or of a typed array of any kind, copied. Rows may be typed
 * arrays, too.
 * @param dtype if not given: float32 for numbers, bool for booleans; for typed arrays their own, uint8
 * for Uint8ClampedArray, float32 for Float16Array, and int32 for all others
 * @throws ShapeError where rows differ in length
 * @throws DTypeError where numbers stand beside booleans, or rows of several kinds without a dtype
 * @throws ArgumentError for what is no number, and for a number that an integer type does not have
 */
export function tensor<const T extends NestedInput>(
  data: Unless<RaggedError<"tensor", T>, T>,
  dtype?: DType,
): Tensor<ShapeOf<T>> {
  checkTensor(arguments);
  checkDType(dtype);
  return new Tensor(flattenNested("tensor", data, dtype));
}

const arrayKind: Kind = {
  says: "a typed array of numbers",
  fits: (x) => naturalDType(x) !== undefined,
  hint: (x) => (Array.isArray(x) ? "Write tensor(data).reshape(shape)" : undefined),
};
const checkFromData = signature<typeof fromData>(
  "fromData(data, shape, dtype?)",
  arrayKind,
  shapeKind,
  dtypeKind,
);

/**
 * A tensor over row-major data, copied.
 * @param dtype if not given, as `tensor` finds it; a type that holds the array as it is, or that which
 * would be found
 * @throws ShapeError unless the data fills the shape
 */
export function fromData<const S extends Shape>(
  data: NumberArray,
  shape: S,
  dtype?: DType,
): Tensor<Mutable<S>> {
  checkFromData(arguments);
  checkDType(dtype);
  checkShape("fromData", shape);
  const type = dtype ?? naturalDType(data)!;
  if (!holds(type, data) && naturalDType(data) !== type) {
    throw new DTypeError(
      `fromData: expected an array that holds ${type}, received ${show(data)}. ` +
        "Convert it with cast().",
    );
  }
  if (data.length !== sizeOf(shape)) {
    throw new ShapeError(`fromData: ${data.length} elements do not fill shape ${showShape(shape)}`);
  }
  const { known } = flattenNested("fromData", data, type);
  return new Tensor({ type: { dtype: type, shape: [...shape] }, known });
}

/**
 * The tensor that JSON.stringify wrote.
 * @param json what JSON.parse gives
 * @throws ArgumentError with the path of the first bad field
 */
export function tensorFromJSON(json: unknown): Tensor {
  const fields = readObject(json, "tensor", ["dtype", "shape", "data"]);
  const dtype = readDType(fields["dtype"], "tensor.dtype", neverAGraph);
  const shape = readCounts(fields["shape"], "tensor.shape", neverAGraph);
  checkShape("tensor", shape);
  const known = dataFromJSON(fields["data"], "tensor.data", dtype);
  if (known.length === sizeOf(shape)) return new Tensor({ type: { dtype, shape }, known });
  throw new ShapeError(
    `tensor.data: ${known.length} elements do not fill shape ${showShape(shape)}`,
  );
}

function neverAGraph(json: unknown, path: string): never {
  throw unexpected(path, "no graph", json);
}

const checkFull = signature<typeof full>(
  "full(shape, value, dtype?)",
  shapeKind,
  worded("a number", either(number, flag)),
  dtypeKind,
);

/**
 * `value` in every element; for bool it may be true or false.
 * @throws ArgumentError for a number that an integer type does not have
 */
export function full<const S extends Shape>(
  shape: S,
  value: number | boolean,
  dtype: DType = typeof value === "boolean" ? "bool" : "float32",
): Tensor<Mutable<S>> {
  checkFull(arguments);
  if (typeof value === "boolean" && dtype !== "bool") {
    throw new DTypeError(`full: expected a number for ${dtype}, received ${value}`);
  }
  return filled("full", shape, Number(value), dtype);
}

const checkZeros = signature<typeof zeros>("zeros(shape, dtype?)", shapeKind, dtypeKind);

/** A tensor of zeros. @throws ShapeError for a shape that is none, or too large */
export function zeros<const S extends Shape>(
  shape: S,
  dtype: DType = "float32",
): Tensor<Mutable<S>> {
  checkZeros(arguments);
  return filled("zeros", shape, 0, dtype);
}

const checkOnes = signature<typeof ones>("ones(shape, dtype?)", shapeKind, dtypeKind);

/** A tensor of ones. @throws ShapeError for a shape that is none, or too large */
export function ones<const S extends Shape>(
  shape: S,
  dtype: DType = "float32",
): Tensor<Mutable<S>> {
  checkOnes(arguments);
  return filled("ones", shape, 1, dtype);
}

function filled(op: string, shape: readonly number[], value: number, dtype: DType): Tensor {
  checkDType(dtype);
  checkShape(op, shape);
  return broadcastTo(scalar(element(op, value, dtype), dtype), shape);
}

const checkZerosLike = signature<typeof zerosLike>("zerosLike(x)", tensorKind);
const checkOnesLike = signature<typeof onesLike>("onesLike(x)", tensorKind);

/** Zeros of the shape and element type of x. */
export function zerosLike<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkZerosLike(arguments);
  return full(x.type.shape, 0, x.dtype);
}

/** Ones of the shape and element type of x. */
export function onesLike<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkOnesLike(arguments);
  return full(x.type.shape, 1, x.dtype);
}

const checkVariable = signature<typeof variable>(
  "variable(initial, { trainable, name, dtype })",
  anything,
  anything,
);
const OPTIONS: Kinds<VariableOptions & { readonly dtype?: DType }> = {
  ...VARIABLE_OPTIONS,
  dtype: dtypeKind,
};

/** A tensor with state: see `Variable`. */
export function variable<const T extends NestedInput>(
  initial: Tensor | T,
  options: VariableOptions & { readonly dtype?: DType } = {},
): Variable {
  checkVariable(arguments);
  expectOptions("variable", options, OPTIONS);
  const { dtype, ...others } = options;
  checkDType(dtype);
  if (!(initial instanceof Tensor)) {
    return new Variable(new Tensor(flattenNested("variable", initial, dtype)), others);
  }
  const same = dtype === undefined || dtype === initial.dtype;
  return new Variable(same ? initial : prims.cast(initial, { dtype }), others);
}
