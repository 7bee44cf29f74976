// What units are called where one reads of them: "x1", "Hidden 1 · unit 2".

import type { Texts } from "../../text/catalogue.ts";
import type { DiagramLayer } from "./layout.ts";

type Words = Pick<Texts["network"], "layerName" | "unitShort">;

/** @param layer counted from the features, which are 0 */
export function unitName(
  text: Words,
  layers: readonly DiagramLayer[],
  features: readonly string[],
  layer: number,
  unit: number,
): string {
  if (layer === 0) return features[unit] ?? "";
  return `${text.layerName(layer, layers.length - 1)} · ${text.unitShort(unit + 1)}`;
}
