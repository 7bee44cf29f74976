// Small ONNX models for tests, written as lists of nodes.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { encodeOnnx, type OnnxFields } from "../schema/file.ts";
import {
  type GraphProtoSchema,
  AttributeProto_AttributeType as Kind,
  type NodeProtoSchema,
} from "../schema/generated/onnx_pb.ts";

type Graph = Exclude<MessageInitShape<typeof GraphProtoSchema>, { $typeName: string }>;
type NodeFields = MessageInitShape<typeof NodeProtoSchema>;

type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly graph: Graph };

const utf8 = new TextEncoder();

function attribute(name: string, value: Attribute) {
  if (typeof value === "number") return { name, type: Kind.INT, i: BigInt(value) };
  if (typeof value === "string") return { name, type: Kind.STRING, s: utf8.encode(value) };
  if (Array.isArray(value)) return { name, type: Kind.INTS, ints: value.map(BigInt) };
  if ("float" in value) return { name, type: Kind.FLOAT, f: value.float };
  return { name, type: Kind.GRAPH, g: (value as { graph: Graph }).graph };
}

/** `node("Gemm", ["x", "w"], ["y"], { transB: 1 })`. */
export function node(
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  more: Readonly<Record<string, unknown>> = {},
): NodeFields {
  const list = Object.entries(attributes).map(([name, value]) => attribute(name, value));
  return { opType, input: [...input], output: [...output], attribute: list, ...more } as NodeFields;
}

/** A tensor of floats, or of int64. */
export function initializer(
  name: string,
  dims: readonly number[],
  numbers: readonly number[],
  isWhole = false,
) {
  const size = { name, dims: dims.map(BigInt) };
  return isWhole
    ? { ...size, dataType: 7, int64Data: numbers.map(BigInt) }
    : { ...size, dataType: 1, floatData: [...numbers] };
}

/** An input or output: float32 unless said, axes by length or name. */
export function port(name: string, dims: readonly (number | string)[] | null, elemType = 1) {
  const dim = dims?.map((d) => ({
    value:
      typeof d === "number"
        ? { case: "dimValue" as const, value: BigInt(d) }
        : { case: "dimParam" as const, value: d },
  }));
  const shape = dim ? { shape: { dim } } : {};
  return { name, type: { value: { case: "tensorType" as const, value: { elemType, ...shape } } } };
}

/** The bytes of a model of opset 21, or another. */
export function modelOf(
  graph: Graph,
  opset = 21,
  more: Readonly<Record<string, unknown>> = {},
): Uint8Array<ArrayBuffer> {
  return encodeOnnx({
    irVersion: 10n,
    opsetImport: [{ domain: "", version: BigInt(opset) }],
    graph: { name: "g", ...graph },
    ...more,
  } as OnnxFields);
}
