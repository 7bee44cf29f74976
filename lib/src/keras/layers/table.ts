// All kinds of layers that Keras's files and ours both have: a row each.

import { didYouMean, shortened } from "../../checks/nearest.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { CONFIG_COMPOSITE } from "./composite.ts";
import { CONFIG_CORE } from "./core.ts";
import { CONFIG_NORMALIZATION } from "./normalization.ts";
import { CONFIG_RECURRENT } from "./recurrent.ts";
import { type ConfigRow, refuseConfig } from "./row.ts";
import { CONFIG_WINDOWS } from "./windows.ts";

export const CONFIG_ROWS: readonly ConfigRow[] = [
  ...CONFIG_CORE,
  ...CONFIG_WINDOWS,
  ...CONFIG_NORMALIZATION,
  ...CONFIG_RECURRENT,
  ...CONFIG_COMPOSITE,
];

const BY_CLASS = new Map(CONFIG_ROWS.map((row) => [row.className, row]));

/** @throws ArgumentError for a class without a row */
export function rowOfClass(className: string, layer: string): ConfigRow {
  const row = BY_CLASS.get(className);
  if (row) return row;
  const hint = didYouMean(className, [...BY_CLASS.keys()]);
  return refuseConfig(
    layer,
    `Keras's ${shortened(className)} has no like here, and is not read.${hint}`,
  );
}

/** The row that says what a layer of ours does. @throws ArgumentError where none does */
export function rowOfSpec(spec: LayerSpec, layer: string, input: Shape): ConfigRow {
  const rows = CONFIG_ROWS.filter(({ kind }) => kind === spec.kind);
  const row = rows.find(({ fits }) => fits?.(spec, input) ?? true);
  if (row) return row;
  return refuseConfig(
    layer,
    `layers of kind ${spec.kind} have no like in Keras, and are not written`,
  );
}
