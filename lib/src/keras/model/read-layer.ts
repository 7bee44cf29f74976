// A layer of Keras as a specification, by its row.

import { FileError } from "../../checks/errors.ts";
import { shortened } from "../../checks/nearest.ts";
import { isRecord, showJson } from "../../formats/json.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { COMMON } from "../layers/fields.ts";
import { type KerasConfig, type LayerPenalty, type Reading, refuseConfig } from "../layers/row.ts";
import { rowOfClass } from "../layers/table.ts";

/** What goes with all layers of a file. */
export interface ModelReading {
  readonly isOld: boolean;
  readonly note: (text: string) => void;
  readonly penalize: (penalty: LayerPenalty) => void;
  readonly sawType: (dtype: string) => void;
}

/** A layer as it is written: its class and its configuration. */
export interface KerasLayer {
  readonly className: string;
  readonly config: KerasConfig;
  readonly name: string;
}

/** Names stand in errors and in notes. */
const LONGEST_NAME = 200;

/** The name of a layer as layers here may have it. @throws FileError for one that is too long */
export function plainName(given: string): string {
  if (given.length <= LONGEST_NAME) return given.replaceAll("/", "_");
  throw new FileError(`Keras: a layer has a name of ${given.length} letters`);
}

/** @throws FileError for what is no layer */
export function kerasLayer(written: unknown): KerasLayer {
  const isLayer =
    isRecord(written) && typeof written["class_name"] === "string" && isRecord(written["config"]);
  if (!isLayer) throw new FileError(`Keras: expected a layer, received ${showJson(written)}`);
  const config = written["config"] as KerasConfig;
  const className = written["class_name"] as string;
  const given = config["name"] ?? written["name"] ?? className;
  if (typeof given !== "string") throw new FileError(`Keras: a layer is named ${showJson(given)}`);
  return { className, config, name: plainName(given) };
}

/** @throws ArgumentError naming the layer and what of it cannot be said here */
export function readKerasLayer(written: unknown, input: Shape, model: ModelReading): LayerSpec {
  const { className, config, name } = kerasLayer(written);
  const row = rowOfClass(className, name);
  const reading: Reading = {
    ...model,
    layer: name,
    input,
    config,
    inner: (inside, shape) => readKerasLayer(inside, shape, model),
  };
  const fields = new Map([...COMMON, ...row.fields].map((field) => [field.key, field]));
  const all: KerasConfig = model.isOld ? { ...row.old, ...config } : config;
  const args = Object.entries(all).map(([key, value]): KerasConfig => {
    if (key === "dtype") {
      model.sawType(typeName(value));
      return {};
    }
    const field = key === "" ? undefined : fields.get(key);
    if (field) return field.read(value, reading);
    if (value === null || value === false) return {};
    return refuseConfig(
      name,
      `${shortened(key)} ${showJson(value)} of Keras's ${className} is not supported`,
    );
  });
  const spec: LayerSpec = Object.assign({ kind: row.kind, name }, row.fixed, ...args);
  return row.tidy ? row.tidy(spec) : spec;
}

/** "float32", or a policy of that name. */
function typeName(value: unknown): string {
  const inner = isRecord(value) && isRecord(value["config"]) ? value["config"]["name"] : value;
  return typeof inner === "string" ? inner : "float32";
}
