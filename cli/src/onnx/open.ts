// ONNX files on disk, with the tensors that lie in files beside them.

import { closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { importOnnx, type OnnxModel, type OnnxPort } from "neurite/onnx";
import { MOST_BYTES, readUpToLimit } from "../files/read-file.ts";
import { CliError } from "../terminal/failures.ts";

/** @throws CliError naming the file, where it cannot be taken */
export async function openOnnx(path: string): Promise<OnnxModel> {
  const bytes = await readUpToLimit(path, MOST_BYTES.weights);
  return importOnnx(bytes, { external: (name) => readBeside(path, name) });
}

/** A file of the model's folder: links that lead out of it are refused. */
function readBeside(model: string, name: string): Uint8Array {
  const folder = realpathSync(dirname(model));
  const path = realpathSync(join(folder, name));
  if (!path.startsWith(folder + sep))
    throw new CliError(`${name}: lies outside the folder of ${model}`);
  const file = openSync(path, "r");
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > MOST_BYTES.weights) {
      throw new CliError(`${path}: expected a file of at most ${MOST_BYTES.weights} bytes`);
    }
    const bytes = new Uint8Array(found.size);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(file, bytes, at, bytes.length - at, null);
      if (read === 0) throw new CliError(`${path}: ends after ${at} bytes`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

/** `x float32 [batch, 3]`; the file's own type where ours is another. */
export function portText({ name, dtype, onnxType, shape }: OnnxPort): string {
  const type = dtype === onnxType ? dtype : `${onnxType}, held in ${dtype}`;
  return `${name}  ${type} ${shape ? `[${shape.map((dim) => dim ?? "?").join(", ")}]` : "of any shape"}`;
}
