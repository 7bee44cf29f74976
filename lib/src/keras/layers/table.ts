// All kinds of layers that Keras's files and ours both have: a row each.

import { didYouMean, shortened } from "../../checks/nearest.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { KERAS_COMPOSITE } from "./composite.ts";
import { KERAS_CORE } from "./core.ts";
import { KERAS_NORMALIZATION } from "./normalization.ts";
import { KERAS_RECURRENT } from "./recurrent.ts";
import { type KerasRow, refuseKeras } from "./row.ts";
import { KERAS_WINDOWS } from "./windows.ts";

export const KERAS_ROWS: readonly KerasRow[] = [
  ...KERAS_CORE,
  ...KERAS_WINDOWS,
  ...KERAS_NORMALIZATION,
  ...KERAS_RECURRENT,
  ...KERAS_COMPOSITE,
];

const BY_CLASS = new Map(KERAS_ROWS.map((row) => [row.className, row]));

/** @throws ArgumentError for a class without a row */
export function rowOfClass(className: string, layer: string): KerasRow {
  const row = BY_CLASS.get(className);
  if (row) return row;
  const hint = didYouMean(className, [...BY_CLASS.keys()]);
  return refuseKeras(
    layer,
    `Keras's ${shortened(className)} has no like here, and is not read.${hint}`,
  );
}

/** The row that says what a layer of ours does. @throws ArgumentError where none does */
export function rowOfSpec(spec: LayerSpec, layer: string, input: Shape): KerasRow {
  const rows = KERAS_ROWS.filter(({ kind }) => kind === spec.kind);
  const row = rows.find(({ fits }) => fits?.(spec, input) ?? true);
  if (row) return row;
  return refuseKeras(
    layer,
    `layers of kind ${spec.kind} have no like in Keras, and are not written`,
  );
}
