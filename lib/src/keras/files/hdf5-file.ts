// .h5 files: a whole model of Keras 2, or of Keras 3 in the old format; or weights alone, of either.

import { isRecord } from "../../formats/json.ts";
import { parseJson } from "../../formats/parse-json.ts";
import { type Hdf5Object, readHdf5 } from "../hdf5/read.ts";
import { inKeras3, inLegacy } from "../weights/in-hdf5.ts";
import { isOldVersion, type KerasParts, shownVersion } from "./parts.ts";

/** @throws FileError for what is no HDF5 file, or cannot be read */
export function openHdf5(bytes: Uint8Array): KerasParts {
  const root = readHdf5(bytes);
  const isKeras3 = root.at("layers") !== null && root.at("model_weights") === null;
  const version = textOf(root, "keras_version");
  return {
    model: jsonOf(root, "model_config"),
    training: trainingOf(jsonOf(root, "training_config")),
    writer: shownVersion(isKeras3 ? "3" : version),
    isOld: !isKeras3 && isOldVersion(version),
    weightBytes: bytes.length,
    weights: async () => (isKeras3 ? inKeras3(root) : inLegacy(root)),
  };
}

function textOf(root: Hdf5Object, name: string): string | undefined {
  return root.texts(name)?.[0] ?? root.at("model_weights")?.texts(name)?.[0];
}

function jsonOf(root: Hdf5Object, name: string): unknown {
  const text = root.texts(name)?.[0];
  return text === undefined ? null : parseJson(`Keras: ${name}`, text);
}

/** The optimizer under the name that newer files have. */
function trainingOf(written: unknown): unknown {
  if (!isRecord(written)) return null;
  return { ...written, optimizer: written["optimizer_config"] ?? written["optimizer"] };
}
