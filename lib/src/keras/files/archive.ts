// .keras files of Keras 3: a zip archive of a configuration, the version, and the weights as HDF5.

import { FileError } from "../../checks/errors.ts";
import { isRecord } from "../../formats/json.ts";
import { parseJson } from "../../formats/parse-json.ts";
import { decodeText } from "../../formats/text.ts";
import { readZip, type ZipEntry } from "../../formats/zip/index.ts";
import { readHdf5 } from "../hdf5/read.ts";
import { inKeras3 } from "../weights/in-hdf5.ts";
import { isOldVersion, type KerasParts, shownVersion } from "./parts.ts";

export const NAMES = {
  config: "config.json",
  metadata: "metadata.json",
  weights: "model.weights.h5",
} as const;

/** A configuration of a thousand layers has some two megabytes. */
const MOST_CONFIG = 2 ** 26;
const MOST_METADATA = 2 ** 16;
/** Of weights beside those of the model: what an optimizer keeps, twice over, in doubles; and the frame around them. */
const [FOR_EACH, FRAME] = [64, 2 ** 26];

/** @throws FileError (as a rejection) for an archive that is no model of Keras 3 */
export async function openArchive(bytes: Uint8Array): Promise<KerasParts> {
  const entries = new Map(readZip(bytes).map((entry) => [entry.name, entry]));
  const config = await jsonOf(entries, NAMES.config, MOST_CONFIG);
  const metadata = await jsonOf(entries, NAMES.metadata, MOST_METADATA);
  const version = isRecord(metadata) ? metadata["keras_version"] : undefined;
  const weights = entryNamed(entries, NAMES.weights);
  return {
    model: config,
    training: isRecord(config) ? (config["compile_config"] ?? null) : null,
    writer: shownVersion(version),
    isOld: isOldVersion(version),
    weightBytes: weights.size,
    weights: async (parameters) => {
      if (weights.size > FOR_EACH * parameters + FRAME) {
        throw new FileError(
          `Keras: ${NAMES.weights} unpacks to ${weights.size} bytes, far more than a model of ${parameters} weights needs`,
        );
      }
      return inKeras3(readHdf5(await weights.read()));
    },
  };
}

function entryNamed(entries: ReadonlyMap<string, ZipEntry>, name: string): ZipEntry {
  const entry = entries.get(name);
  if (entry) return entry;
  throw new FileError(
    `Keras: the archive holds no ${name}; it is no model that Keras 3 saved whole`,
  );
}

async function jsonOf(
  entries: ReadonlyMap<string, ZipEntry>,
  name: string,
  most: number,
): Promise<unknown> {
  const entry = entryNamed(entries, name);
  if (entry.size > most)
    throw new FileError(`Keras: ${name} has ${entry.size} bytes, expected at most ${most}`);
  return parseJson(`Keras: ${name}`, decodeText(name, await entry.read()));
}
