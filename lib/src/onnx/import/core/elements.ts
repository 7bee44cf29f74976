// ONNX's element types beside ours, and the tensors of a file as ours.

import { allocate, type DType, holds, isFloat } from "../../../ir/dtype.ts";
import { sizeOf } from "../../../ir/shape.ts";
import { Tensor } from "../../../runtime/values/tensor.ts";
import type { TensorProto } from "../../schema/generated/onnx_pb.ts";
import { OnnxError } from "./errors.ts";

/** The numbers that ONNX gives its element types. */
export const FLOAT = 1;
export const UINT8 = 2;
export const INT8 = 3;
export const INT32 = 6;
export const INT64 = 7;
export const BOOL = 9;
export const DOUBLE = 11;
/** Held by its bits in int32. */
export const UINT32 = 12;

const NAMES: Readonly<Record<number, string>> = {
  0: "undefined",
  1: "float32",
  2: "uint8",
  3: "int8",
  4: "uint16",
  5: "int16",
  6: "int32",
  7: "int64",
  8: "string",
  9: "bool",
  10: "float16",
  11: "float64",
  12: "uint32",
  13: "uint64",
  14: "complex64",
  15: "complex128",
  16: "bfloat16",
  17: "float8e4m3fn",
  18: "float8e4m3fnuz",
  19: "float8e5m2",
  20: "float8e5m2fnuz",
  21: "uint4",
  22: "int4",
  23: "float4e2m1",
};

/** What holds each element type: int64 as int32 where its numbers fit, as the short integers do; uint32 by its bits. */
const HOLDERS: Readonly<Record<number, DType>> = {
  1: "float32",
  2: "uint8",
  3: "int32",
  4: "int32",
  5: "int32",
  6: "int32",
  7: "int32",
  9: "bool",
  11: "float64",
  12: "int32",
};

/** Types that int32 holds, whose arithmetic is another: only some ops take them. */
const SHORT: ReadonlyMap<number, readonly [low: number, high: number]> = new Map([
  [3, [-128, 127]],
  [4, [0, 65535]],
  [5, [-32768, 32767]],
]);

/** "int64" and the like. */
export const elementName = (element: number): string => NAMES[element] ?? `type ${element}`;

/** Least and greatest number of a short integer type, else undefined. */
export const shortRange = (element: number): readonly [number, number] | undefined =>
  SHORT.get(element);

/** The type that holds the elements. @throws OnnxError where none does */
export function holderOf(element: number, where: string): DType {
  const dtype = HOLDERS[element];
  if (dtype) return dtype;
  throw new OnnxError(
    `${where} has elements of ${elementName(element)}; covered are float32, float64, bool, uint8, int32, uint32 and, ` +
      "as far as int32 holds their numbers, int64, int16, uint16 and int8",
  );
}

/** The ONNX type that our elements have where nothing else is known. */
export function onnxTypeOf(dtype: DType): number {
  return { float32: FLOAT, float64: DOUBLE, uint8: UINT8, int32: INT32, bool: BOOL }[dtype];
}

/** A tensor and the element type that the model gives it. */
export interface HeldTensor {
  readonly tensor: Tensor;
  readonly element: number;
}

const MOST_AXES = 32;
/** Of one tensor of a file: 2 GiB of float32. */
const MOST_ELEMENTS = 2 ** 29;

/** The lengths of a tensor's axes. @throws OnnxError for what is no shape, or too large to hold */
export function dimsOf(proto: TensorProto, where: string): number[] {
  const dims = proto.dims.map(Number);
  const wrong = dims.some((dim) => !Number.isSafeInteger(dim) || dim < 0);
  if (wrong || dims.length > MOST_AXES || sizeOf(dims) > MOST_ELEMENTS) {
    throw new OnnxError(
      `${where}: [${dims.slice(0, MOST_AXES).join(", ")}] is no shape that can be held`,
    );
  }
  return dims;
}

const read = new WeakMap<TensorProto, HeldTensor>();

/** `heldOf`, read once: what nodes hold and what graphs within graphs begin with. */
export function heldOnce(proto: TensorProto, where: string): HeldTensor {
  const held = read.get(proto) ?? heldOf(proto, where);
  read.set(proto, held);
  return held;
}

/**
 * A tensor of the file.
 * @param raw its bytes, where they stand in a file of their own
 * @throws OnnxError where its numbers do not fill its shape, or do not fit the type that holds them
 */
export function heldOf(
  proto: TensorProto,
  where: string,
  raw: Uint8Array = proto.rawData,
): HeldTensor {
  const element = proto.dataType;
  const dtype = holderOf(element, where);
  const shape = dimsOf(proto, where);
  const size = sizeOf(shape);
  const known =
    raw.length > 0 ? fromRaw(raw, element, size, where) : fromFields(proto, size, where);
  expectWithin(known, element, dtype, where);
  const type = { dtype, shape };
  if (isFloat(dtype) && holds(dtype, known))
    return { tensor: new Tensor({ type, known }), element };
  const data = allocate(dtype, size);
  for (let i = 0; i < size; i++) data[i] = dtype === "bool" ? Number(known[i] !== 0) : known[i]!;
  return { tensor: new Tensor({ type, known: data }), element };
}

type Numbers = ArrayLike<number>;

const BYTES: Readonly<Record<number, number>> = {
  1: 4,
  2: 1,
  3: 1,
  4: 2,
  5: 2,
  6: 4,
  7: 8,
  9: 1,
  11: 8,
  12: 4,
};

function fromRaw(raw: Uint8Array, element: number, size: number, where: string): Numbers {
  const bytes = BYTES[element]! * size;
  if (raw.length !== bytes) {
    throw new OnnxError(
      `${where}: expected ${bytes} bytes for ${size} elements, received ${raw.length}`,
    );
  }
  // A copy of its own begins where typed arrays of any width can; files are little-endian, as machines are.
  const own = new Uint8Array(raw);
  const { buffer } = own;
  switch (element) {
    case FLOAT:
      return new Float32Array(buffer);
    case DOUBLE:
      return new Float64Array(buffer);
    case INT8:
      return new Int8Array(buffer);
    case 4:
      return new Uint16Array(buffer);
    case 5:
      return new Int16Array(buffer);
    case INT32:
      return new Int32Array(buffer);
    case UINT32:
      return new Uint32Array(buffer);
    case INT64:
      return Array.from(new BigInt64Array(buffer), Number);
    default:
      return own;
  }
}

function fromFields(proto: TensorProto, size: number, where: string): Numbers {
  const { dataType } = proto;
  const fields: Readonly<Record<number, Numbers | readonly bigint[]>> = {
    [FLOAT]: proto.floatData,
    [DOUBLE]: proto.doubleData,
    [INT64]: proto.int64Data,
    [UINT32]: proto.uint64Data,
  };
  const numbers = fields[dataType] ?? proto.int32Data;
  if (numbers.length !== size) {
    throw new OnnxError(`${where}: ${numbers.length} numbers do not fill ${size} elements`);
  }
  return dataType === INT64 || dataType === UINT32
    ? Array.from(numbers as readonly bigint[], Number)
    : (numbers as Numbers);
}

/** The last number of int64 stands for "to the end" in the ops that cut; it becomes int32's last. */
const FAR = 2 ** 31 - 1;

function expectWithin(numbers: Numbers, element: number, dtype: DType, where: string): void {
  if (dtype !== "int32" && element !== UINT8) return;
  if (element === INT64) {
    for (let i = 0; i < numbers.length; i++) (numbers as number[])[i] = within(numbers[i]!, where);
    return;
  }
  const own: Readonly<Record<number, readonly [number, number]>> = {
    [UINT8]: [0, 255],
    [UINT32]: [0, 2 ** 32 - 1],
  };
  const [low, high] = own[element] ?? SHORT.get(element) ?? [-FAR - 1, FAR];
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i]!;
    if (x < low || x > high)
      throw new OnnxError(`${where}: ${x} is beyond ${elementName(element)}`);
  }
}

function within(x: number, where: string): number {
  if (x >= -FAR - 1 && x <= FAR) return x;
  if (Math.abs(x) >= 2 ** 63 - 2 ** 11) return x > 0 ? FAR : -FAR - 1;
  throw new OnnxError(`${where}: ${x} is beyond int32, which holds int64`);
}

/** int64 as int32 has it. @throws OnnxError for what is beyond, but for the last numbers of int64 */
export function expectInt32<T extends number | number[]>(numbers: T, where: string): T {
  const list = Array.isArray(numbers)
    ? numbers.map((x) => within(x, where))
    : within(numbers, where);
  return list as T;
}
