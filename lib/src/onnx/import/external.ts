// Tensors that lie in files beside the model, which must not lead out of its folder.

import { show } from "../../checks/arguments.ts";
import { type Bytes, bytesOf } from "../../formats/bytes.ts";
import { type TensorProto, TensorProto_DataLocation } from "../schema/generated/onnx_pb.ts";
import { OnnxError } from "./core/errors.ts";

/** The bytes of a file by its path, relative to the model's folder. */
export type ReadExternal = (path: string) => Bytes;

/** A relative path of plain parts. @throws OnnxError for one that could lead out of the folder */
export function expectInside(path: string, where: string): void {
  const parts = path.split(/[/\\]/);
  const isPlain = parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (isPlain && !path.includes(":") && !path.includes("\0") && !path.includes("\\")) return;
  throw new OnnxError(`${where} lies at ${show(path)}; expected a path within the model's folder`);
}

/** The raw bytes of a tensor, wherever they are; undefined where its fields hold them. */
export function externalBytes(
  proto: TensorProto,
  where: string,
  read: ReadExternal | undefined,
): Uint8Array | undefined {
  if (proto.dataLocation !== TensorProto_DataLocation.EXTERNAL) return undefined;
  const entries = new Map(proto.externalData.map(({ key, value }) => [key, value]));
  const path = entries.get("location") ?? "";
  expectInside(path, where);
  if (!read) {
    throw new OnnxError(
      `${where} lies in the file ${show(path)} beside the model. Give importOnnx() a function "external" that reads it`,
    );
  }
  const bytes = bytesOf("external", read(path));
  const offset = Number(entries.get("offset") ?? 0);
  const length = Number(entries.get("length") ?? bytes.length - offset);
  const fits =
    [offset, length].every((n) => Number.isSafeInteger(n) && n >= 0) &&
    offset + length <= bytes.length;
  if (fits) return bytes.subarray(offset, offset + length);
  throw new OnnxError(
    `${where}: bytes ${offset} to ${offset + length} are not in ${show(path)}, which has ${bytes.length}`,
  );
}
