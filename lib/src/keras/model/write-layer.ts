// A layer's specification as Keras writes it, by its row.

import { showJson } from "../../formats/json.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { COMMON } from "../layers/fields.ts";
import { type KerasConfig, type LayerPenalty, refuseConfig, type Writing } from "../layers/row.ts";
import { rowOfSpec } from "../layers/table.ts";

/** Arguments that are said elsewhere: by the place of a layer, and its name. */
const ELSEWHERE = ["kind", "name", "inputShape", "id", "reads"];

/** The two ways of Keras 3 to write a layer: in .keras files with its module, in old files without. */
export type KerasDialect = "keras" | "legacy";

export interface ModelWriting {
  readonly dialect: KerasDialect;
  readonly dtype: string;
  readonly penalty: LayerPenalty | null;
}

/** @throws ArgumentError naming the layer and what of it Keras has no like of */
export function writeLayer(
  spec: LayerSpec,
  name: string,
  input: Shape,
  model: ModelWriting,
): KerasConfig {
  const row = rowOfSpec(spec, name, input);
  const writing: Writing = {
    layer: name,
    input,
    penalty: model.penalty,
    // Layers inside of others are written with their module in old files too.
    inner: (inside, own, shape) => writeLayer(inside, own, shape, { ...model, dialect: "keras" }),
  };
  const fields = [...COMMON, ...row.fields];
  const known = new Set([
    ...ELSEWHERE,
    ...fields.flatMap(({ ours }) => ours ?? []),
    ...Object.keys(row.fixed ?? {}),
    ...(row.silent ?? []),
  ]);
  const others = Object.keys(spec).find((key) => !known.has(key));
  if (others !== undefined) {
    refuseConfig(
      name,
      `${others} ${showJson(spec[others])} has no like in Keras's ${row.className}`,
    );
  }
  const entries = fields.flatMap((field) => {
    const value = field.write?.(spec, writing);
    return value === undefined || field.key === "" ? [] : [[field.key, value] as const];
  });
  const config = { name, dtype: model.dtype, ...Object.fromEntries(entries) };
  return layerObject(row.className, config, model.dialect);
}

export function layerObject(
  className: string,
  config: KerasConfig,
  dialect: KerasDialect,
): KerasConfig {
  if (dialect === "legacy") return { class_name: className, config };
  const module = className === "Sequential" ? "keras" : "keras.layers";
  return { module, class_name: className, config, registered_name: null };
}
