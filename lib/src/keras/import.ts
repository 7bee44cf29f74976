// importKeras: the bytes of a file of Keras or TF.js as a model of ours.

import { expectOptions, func, type Kinds, object, shape } from "../checks/arguments.ts";
import { ArgumentError, FileError } from "../checks/errors.ts";
import { type Bytes, bytesOf } from "../formats/bytes.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import { isZip } from "../formats/zip/index.ts";
import { type Shape, sizeOf } from "../ir/shape.ts";
import type { Network } from "../nn/network/network.ts";
import type { FloatDType, NetworkSpec } from "../spec/parts.ts";
import { loadWeights } from "../train/files/restore.ts";
import { Model } from "../train/model/model.ts";
import { networkOf } from "../train/run/run.ts";
import { openArchive } from "./files/archive.ts";
import { openHdf5 } from "./files/hdf5-file.ts";
import type { KerasParts } from "./files/parts.ts";
import { looksLikeJson, openTfjs, type ReadShard } from "./files/tfjs.ts";
import { isHdf5 } from "./hdf5/signature.ts";
import { type ReadModel, readModel } from "./model/read-model.ts";
import { type KerasTraining, readTraining } from "./model/training.ts";
import { placeArrays } from "./weights/load.ts";
import { type Slot, slotsOf } from "./weights/slots.ts";

/** Options of importKeras(). */
export interface KerasImportOptions {
  /** Of one example, where the model takes inputs of any length along an axis. */
  readonly inputShape?: Shape;
  /** Of a model.json of TF.js: gives the bytes of a file beside it, by its name. */
  readonly shard?: ReadShard;
  /** Of a file of weights alone: the layers that they are for. */
  readonly network?: NetworkSpec;
}

const OPTIONS: Kinds<KerasImportOptions> = { inputShape: shape, shard: func, network: object };

/** A model out of a file of Keras. */
export interface KerasModel {
  /** With the weights of the file; to be compiled before it is trained. */
  readonly model: Model;
  /** Its layers, as a run specification holds them, under the names that they have in Keras. */
  readonly network: NetworkSpec;
  readonly dtype: FloatDType;
  /** The weights by their names here, as loadWeights() takes them. */
  readonly weights: ReadonlyMap<string, StoredTensor>;
  /** How it was compiled, as far as it can be said here; model.compile() takes it. Null where nothing was said. */
  readonly training: KerasTraining | null;
  /** What wrote the file, as "Keras 3.15.1". */
  readonly writer: string;
  /** What became of each weight, a line each. */
  readonly layout: readonly string[];
  /** What is not as it was in Keras, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * A model that Keras saved as .keras or .h5, or TF.js as model.json: Sequential and functional models of layers
 * that both have. Lambda layers and other code in a file are never run. A file of weights alone wants `network`.
 * @throws FileError (as a rejection) for damage, and for what is no such file
 * @throws ArgumentError (as a rejection) naming a layer and what of it has no like here
 */
export async function importKeras(
  bytes: Bytes,
  options: KerasImportOptions = {},
): Promise<KerasModel> {
  expectOptions("importKeras", options, OPTIONS);
  const parts = await open(plain(bytesOf("importKeras", bytes)), options.shard);
  const read = layersOf(parts, options);
  const built = networkOf(read.network, read.dtype);
  const slots = slotsOf(built);
  const parameters = slots.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  expectRoom(parts, built, parameters);
  const find = await parts.weights(parameters);
  const { weights, notes } = placeArrays(slots, find(slots), read.dtype);
  const model = new Model(() => built, { dtype: read.dtype });
  loadWeights(model, weights);
  return {
    model,
    network: built.spec!,
    dtype: read.dtype,
    weights,
    training: readTraining(parts.training, read, weightedIn(slots)),
    writer: parts.writer,
    layout: notes,
    notes: read.notes,
  };
}

/** Views of a Buffer would be Buffers, which copy nothing where arrays do. */
const plain = (bytes: Uint8Array): Uint8Array =>
  bytes.constructor === Uint8Array
    ? bytes
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);

/** By how the file begins. */
async function open(bytes: Uint8Array, shard: ReadShard | undefined): Promise<KerasParts> {
  if (isZip(bytes)) return await openArchive(bytes);
  if (isHdf5(bytes)) return openHdf5(bytes);
  if (looksLikeJson(bytes)) return openTfjs(bytes, shard);
  throw new FileError(
    "Keras: expected a .keras or .h5 file, or model.json of TF.js; the bytes are none of these",
  );
}

function layersOf(parts: KerasParts, { network, inputShape }: KerasImportOptions): ReadModel {
  if (parts.model !== null && network) {
    throw new ArgumentError(
      "importKeras: the file says its layers itself; network (on the command line --into) is for weights alone",
    );
  }
  if (parts.model !== null) return readModel(parts.model, { isOld: parts.isOld, inputShape });
  if (network) return { network, dtype: "float32", penalties: [], notes: [] };
  throw new FileError(
    "Keras: the file holds weights alone, and does not say what layers they are for: give these as network (on the command line --into)",
  );
}

/** The layers that a penalty on weights would see. */
const weightedIn = (slots: readonly Slot[]): ReadonlySet<string> =>
  new Set(slots.filter(({ ours }) => /\/w$/.test(ours[0]!.name)).map(({ layer }) => layer));

/** A few bytes can describe a model of gigabytes: its weights must be in the file. @throws FileError */
function expectRoom({ weightBytes }: KerasParts, { shapes }: Network, parameters: number): void {
  const wanted = Object.values(shapes ?? {}).reduce((sum, own) => sum + sizeOf(own), 0);
  if (4 * Math.max(wanted, parameters) <= weightBytes) return;
  throw new FileError(
    `Keras: the layers have ${wanted} weights, which do not fit into the ${weightBytes} bytes of the file's`,
  );
}
