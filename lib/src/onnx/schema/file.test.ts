import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { decodeOnnx, encodeOnnx, type OnnxFields } from "./file.ts";
import { GraphProtoSchema, ModelProtoSchema, TensorProto_DataType } from "./generated/onnx_pb.ts";
import { checkLimits } from "./limits.ts";

const fields: OnnxFields = {
  irVersion: 10n,
  opsetImport: [{ domain: "", version: 21n }],
  graph: {
    name: "half",
    node: [{ opType: "Mul", input: ["x", "factor"], output: ["y"], name: "mul" }],
    initializer: [
      {
        name: "factor",
        dims: [1n],
        dataType: TensorProto_DataType.FLOAT,
        rawData: new Uint8Array(new Float32Array([0.5]).buffer),
      },
    ],
  },
};

it("bytes and fields are the same thing, and the same model gives the same bytes", () => {
  const bytes = encodeOnnx(fields);
  const model = decodeOnnx(bytes);
  expect(model.irVersion).toBe(10n);
  expect(model.graph?.node[0]?.input).toEqual(["x", "factor"]);
  expect(model.graph?.initializer[0]?.rawData).toEqual(new Uint8Array([0, 0, 0, 63]));
  expect(encodeOnnx(model)).toEqual(bytes);
});

it("reads shared memory too", () => {
  const bytes = encodeOnnx(fields);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  expect(decodeOnnx(shared)).toEqual(decodeOnnx(bytes));
});

describe("refuses in a sentence", () => {
  const graphs = (depth: number): Uint8Array => {
    let graph = create(GraphProtoSchema, { name: "innermost" });
    for (let at = 0; at < depth; at++) {
      graph = create(GraphProtoSchema, { node: [{ attribute: [{ name: "body", g: graph }] }] });
    }
    return toBinary(GraphProtoSchema, graph);
  };
  /** A model whose graph field holds these bytes. */
  const around = (graph: Uint8Array): Uint8Array =>
    new BinaryWriter().tag(7, WireType.LengthDelimited).bytes(graph).finish();

  it.each<[what: string, bytes: () => Uint8Array, says: RegExp]>([
    ["no bytes", () => new Uint8Array(), /the file is empty/],
    ["a text", () => new TextEncoder().encode("a,b\n1,2\n"), /ONNX: /],
    ["half a file", () => encodeOnnx(fields).subarray(0, 60), /ONNX: ModelProto has a part of/],
    ["no graph", () => encodeOnnx({ irVersion: 10n }), /no graph/],
    ["graphs too deep", () => around(graphs(40)), /more than 100 deep/],
  ])("%s", (_, bytes, says) => {
    expect(() => decodeOnnx(bytes())).toThrow(
      expect.objectContaining({ name: "FileError", message: expect.stringMatching(says) }),
    );
  });

  // 2 bytes a node: megabytes would become gigabytes.
  it("too many messages, or integers one by one", () => {
    const nodes = new Uint8Array(2000);
    for (let at = 0; at < nodes.length; at += 2) nodes[at] = (1 << 3) | 2;
    const dims = new BinaryWriter().tag(1, 2).bytes(new Uint8Array(1001)).finish();
    const tensor = new BinaryWriter().tag(5, 2).bytes(dims).finish();
    for (const graph of [nodes, tensor]) {
      expect(() => checkLimits(ModelProtoSchema, around(graph), 1000)).toThrow(
        "more than 1000 parts",
      );
      expect(() => checkLimits(ModelProtoSchema, around(graph))).not.toThrow();
    }
    const raw = new BinaryWriter().tag(9, 2).bytes(new Uint8Array(1001)).finish();
    const whole = around(new BinaryWriter().tag(5, 2).bytes(raw).finish());
    expect(() => checkLimits(ModelProtoSchema, whole, 1000)).not.toThrow();
  });

  it("but takes graphs within graphs", () => {
    expect(decodeOnnx(around(graphs(20))).graph?.node).toHaveLength(1);
  });

  it("what is no model", () => {
    expect(() => encodeOnnx(undefined as never)).toThrow(/expected the fields of a model/);
    const wrong = { irVersion: "ten" } as unknown as OnnxFields;
    expect(() => encodeOnnx(wrong)).toThrow(/encodeOnnx: .*ir_version/);
    expect(() => decodeOnnx("model.onnx" as never)).toThrow(/expected the bytes of a file/);
  });
});
