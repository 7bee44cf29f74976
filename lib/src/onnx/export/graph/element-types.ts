// Element types as ONNX numbers them, and tensors as its files hold them.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { ArgumentError } from "../../../checks/errors.ts";
import type { DataArray, DType } from "../../../ir/dtype.ts";
import { TensorProto_DataType, type TensorProtoSchema } from "../../schema/generated/onnx_pb.ts";

const { FLOAT, DOUBLE, INT32, UINT8, BOOL, INT64, UINT32 } = TensorProto_DataType;

/** Ours, and two that only ONNX has: shapes and indices are int64, and bits are shifted as uint32. */
export type ElementType = DType | "int64" | "uint32";

export const TYPE_CODES: Readonly<Record<ElementType, number>> = {
  float32: FLOAT,
  float64: DOUBLE,
  int32: INT32,
  uint8: UINT8,
  bool: BOOL,
  int64: INT64,
  uint32: UINT32,
};

/** A tensor that is known when the file is written. */
export interface Known {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: DataArray | BigInt64Array;
}

export function tensorFields(
  name: string,
  known: Known,
): MessageInitShape<typeof TensorProtoSchema> {
  const { buffer, byteOffset, byteLength } = known.data;
  return {
    name,
    dims: known.dims.map(BigInt),
    dataType: TYPE_CODES[known.type],
    rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
  };
}

/** The elements of a known tensor with its axes in another order. */
export function transposed({ type, dims, data }: Known, perm: readonly number[]): Known {
  const strides = dims.map((_, axis) => dims.slice(axis + 1).reduce((a, b) => a * b, 1));
  const [shape, steps] = [dims, strides].map((list) => perm.map((axis) => list[axis]!)) as [
    number[],
    number[],
  ];
  const out = data.slice();
  const at = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at[axis]! += 1;
      from += steps[axis]!;
      if (at[axis]! < shape[axis]!) break;
      from -= at[axis]! * steps[axis]!;
      at[axis] = 0;
    }
  }
  return { type, dims: shape, data: out };
}

/** Protobuf holds no file of 2 GiB or more; we leave room for the graph. */
const MOST_BYTES = 2 ** 31 - 2 ** 24;

/** @throws ArgumentError where the tensors do not fit in one file */
export function expectRoom(tensors: Iterable<Known>): void {
  let bytes = 0;
  for (const { data } of tensors) bytes += data.byteLength;
  if (bytes <= MOST_BYTES) return;
  throw new ArgumentError(
    `exportOnnx: the weights take ${bytes} bytes, and an ONNX file holds less than 2 GiB`,
  );
}
