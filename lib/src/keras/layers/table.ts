// All kinds of layers that Keras's files and ours both have: a row each.

import { didYouMean, shortened } from "../../checks/nearest.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { COMPOSITE_ROWS } from "./composite.ts";
import { CORE_ROWS } from "./core.ts";
import { NORMALIZATION_ROWS } from "./normalization.ts";
import { RECURRENT_ROWS } from "./recurrent.ts";
import { type LayerRow, refuseLayer } from "./row.ts";
import { WINDOW_ROWS } from "./windows.ts";

export const ROWS: readonly LayerRow[] = [
  ...CORE_ROWS,
  ...WINDOW_ROWS,
  ...NORMALIZATION_ROWS,
  ...RECURRENT_ROWS,
  ...COMPOSITE_ROWS,
];

const BY_CLASS = new Map(ROWS.map((row) => [row.className, row]));

/** @throws ArgumentError for a class without a row */
export function rowOfClass(className: string, layer: string): LayerRow {
  const row = BY_CLASS.get(className);
  if (row) return row;
  const hint = didYouMean(className, [...BY_CLASS.keys()]);
  return refuseLayer(
    layer,
    `Keras's ${shortened(className)} has no like here, and is not read.${hint}`,
  );
}

/** The row that says what a layer of ours does. @throws ArgumentError where none does */
export function rowOfSpec(spec: LayerSpec, layer: string, input: Shape): LayerRow {
  const rows = ROWS.filter(({ kind }) => kind === spec.kind);
  const row = rows.find(({ fits }) => fits?.(spec, input) ?? true);
  if (row) return row;
  return refuseLayer(
    layer,
    `layers of kind ${spec.kind} have no like in Keras, and are not written`,
  );
}
