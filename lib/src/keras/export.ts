// exportKeras: a model of ours as the bytes of a file that Keras 3 loads.

import {
  expectArgument,
  expectOptions,
  func,
  instance,
  type Kinds,
  object,
  oneOf,
} from "../checks/arguments.ts";
import type { StoredTensor } from "../formats/stored-tensor.ts";
import { writeZip } from "../formats/zip/index.ts";
import { sizeOf } from "../ir/shape.ts";
import type { RegularizerSpec } from "../spec/parts.ts";
import { Model } from "../train/model/model.ts";
import { NAMES } from "./files/archive.ts";
import { type Hdf5Group, writeHdf5 } from "./hdf5/write.ts";
import type { KerasConfig, LayerPenalty } from "./layers/row.ts";
import { type KerasTrainingSpec, writeTraining } from "./model/training.ts";
import { writeConfig } from "./model/write-config.ts";
import { legacyOrder, type Slot, slotsOf } from "./weights/slots.ts";

/** Options of exportKeras(). */
export interface KerasExportOptions {
  /** "keras" (default): the format of Keras 3. "h5": the old one, which TF 2.x with Keras 3 reads too. */
  readonly format?: "keras" | "h5";
  /** How it was trained: Keras then compiles the model when it loads it, where it has the like. */
  readonly training?: KerasTrainingSpec;
  /** Is told, a sentence each, what of the training Keras has no like of. */
  readonly note?: (text: string) => void;
}

const OPTIONS: Kinds<KerasExportOptions> = {
  format: oneOf("keras", "h5"),
  training: object,
  note: func,
};
const modelKind = instance("a model", Model);
/** Whose files these are like. */
const VERSION = "3.15.1";
const DATE = "1980-01-01@00:00:00";
const utf8 = new TextEncoder();

/**
 * The bytes of a .keras or .h5 file: layers under their names, and weights. The same model gives the same bytes.
 * @throws ArgumentError naming a layer, and what of it Keras has no like of
 */
export function exportKeras(
  model: Model,
  options: KerasExportOptions = {},
): Uint8Array<ArrayBuffer> {
  expectArgument("exportKeras", "model", model, modelKind);
  expectOptions("exportKeras", options, OPTIONS);
  const { format = "keras", training, note = () => {} } = options;
  const { network, dtype } = model.instance;
  const dialect = format === "h5" ? "legacy" : "keras";
  const config = writeConfig(network, {
    dialect,
    dtype,
    penalty: penaltyOf(training?.regularizer),
  });
  const slots = slotsOf(network);
  const arrays = new Map(slots.map((slot) => [slot, arrayOf(model, slot)]));
  const compiled = training ? writeTraining(training, note) : null;
  return format === "h5" ? oldFile(config, compiled, arrays) : archive(config, compiled, arrays);
}

/** Keras has a penalty by layer, with its own meaning of lambda; others depend on the training set. */
function penaltyOf(regularizer: RegularizerSpec | undefined): LayerPenalty | null {
  if (regularizer?.convention !== "keras") return null;
  return { layer: "", kind: regularizer.kind, lambda: regularizer.lambda };
}

/** The numbers of ours, one after the other, in the shape that Keras has. */
function arrayOf(model: Model, { ours, shape }: Slot): StoredTensor {
  const { dtype } = model.instance;
  const size = sizeOf(shape);
  const data = dtype === "float64" ? new Float64Array(size) : new Float32Array(size);
  const snapshot = model.state.snapshot();
  let at = 0;
  for (const { name } of ours) {
    const own = snapshot.get(name)!;
    data.set(own as Float32Array, at);
    at += own.length;
  }
  return { dtype, shape, data };
}

type Arrays = ReadonlyMap<Slot, StoredTensor>;

function archive(
  config: KerasConfig,
  compiled: KerasConfig | null,
  arrays: Arrays,
): Uint8Array<ArrayBuffer> {
  const root = emptyGroup();
  for (const [{ path }, array] of arrays) put(root, path.split("/"), array);
  const whole = compiled ? { ...config, compile_config: compiled } : config;
  const json = (value: unknown) => utf8.encode(JSON.stringify(value));
  return writeZip({
    [NAMES.metadata]: json({ keras_version: VERSION, date_saved: DATE }),
    [NAMES.config]: json(whole),
    [NAMES.weights]: writeHdf5(root),
  });
}

function oldFile(
  config: KerasConfig,
  compiled: KerasConfig | null,
  arrays: Arrays,
): Uint8Array<ArrayBuffer> {
  const layers = (config["config"] as { layers: readonly KerasConfig[] }).layers;
  // Keras takes the lists of layers with weights in its own order, as the weights stand here.
  const weighted = new Set([...arrays.keys()].map(({ layer }) => layer));
  const all = layers.map((layer) => String((layer["config"] as KerasConfig)["name"]));
  const names = [...all.filter((name) => !weighted.has(name)), ...weighted];
  const weights = emptyGroup();
  const about = { backend: "jax", keras_version: VERSION };
  Object.assign(weights.attributes, { layer_names: names, ...about });
  const ordered = legacyOrder([...arrays.keys()]);
  for (const name of names) {
    const own = ordered.filter(({ layer }) => layer === name);
    const group = emptyGroup();
    const paths = own.map(({ longName }) => `${name}/${longName}`);
    Object.assign(group.attributes, { weight_names: paths });
    own.forEach((slot, i) => {
      put(group, paths[i]!.split("/"), arrays.get(slot)!);
    });
    weights.members.set(name, group);
  }
  const root = emptyGroup();
  Object.assign(root.attributes, {
    ...about,
    model_config: JSON.stringify(config),
    ...(compiled && { training_config: trainingText(compiled) }),
  });
  root.members.set("model_weights", weights);
  return writeHdf5(root);
}

function trainingText({ optimizer, ...rest }: KerasConfig): string {
  const { class_name, config } = optimizer as KerasConfig;
  return JSON.stringify({ ...rest, optimizer_config: { class_name, config } });
}

type GroupInMaking = Hdf5Group & { readonly members: Map<string, GroupInMaking | StoredTensor> };

const emptyGroup = (): GroupInMaking => ({ attributes: {}, members: new Map() });

/** Puts an array at a path, through groups that are made where they are not there. */
function put(group: GroupInMaking, path: readonly string[], array: StoredTensor): void {
  const [first, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    group.members.set(first, array);
    return;
  }
  const inner = (group.members.get(first) as GroupInMaking | undefined) ?? emptyGroup();
  group.members.set(first, inner);
  put(inner, rest, array);
}
