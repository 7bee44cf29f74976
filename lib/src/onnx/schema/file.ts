// ONNX files as messages: bytes to the objects of the official schema, and back.

import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { show } from "../../checks/arguments.ts";
import { ArgumentError, FileError } from "../../checks/errors.ts";
import { type Bytes, bytesOf } from "../../formats/bytes.ts";
import { type ModelProto, ModelProtoSchema } from "./generated/onnx_pb.ts";
import { checkLimits, MOST_DEPTH } from "./limits.ts";

/** A model as the fields of the official schema; what is left out has its default. */
export type OnnxFields = MessageInitShape<typeof ModelProtoSchema>;

/**
 * Reads an ONNX file into the messages of its schema, and makes nothing more of it. Raw data of tensors
 * are views of `bytes`, not copies. Fields that the schema does not know are left out.
 * @throws FileError for what is no ONNX file, or passes the limits of size and depth
 */
export function decodeOnnx(bytes: Bytes): ModelProto {
  const given = bytesOf("decodeOnnx", bytes);
  // Decoders of text refuse shared memory, and views of a Buffer would be Buffers.
  const { buffer, byteOffset, byteLength } = given;
  const isShared = !(buffer instanceof ArrayBuffer);
  const own = isShared ? given.slice() : new Uint8Array(buffer, byteOffset, byteLength);
  if (own.length === 0) throw new FileError("ONNX: the file is empty");
  const model = reading(() => {
    checkLimits(ModelProtoSchema, own);
    return fromBinary(ModelProtoSchema, own, {
      readUnknownFields: false,
      recursionLimit: MOST_DEPTH,
    });
  });
  if (!model.graph) throw new FileError("ONNX: the file holds no graph: it is no ONNX model");
  return model;
}

/**
 * The bytes of an ONNX file: the same for the same model.
 * @throws ArgumentError for what the schema does not allow
 */
export function encodeOnnx(model: OnnxFields): Uint8Array<ArrayBuffer> {
  if (typeof model !== "object" || model === null) {
    throw new ArgumentError(`encodeOnnx: expected the fields of a model, received ${show(model)}`);
  }
  try {
    return toBinary(ModelProtoSchema, create(ModelProtoSchema, model));
  } catch (error) {
    throw new ArgumentError(`encodeOnnx: ${messageOf(error)}`);
  }
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`ONNX: the bytes are no ONNX file: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
