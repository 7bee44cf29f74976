// Small maps of the plane, one in each unit of the drawing.

import type { Frame } from "../../protocol/index.ts";
import { type MapValues, paintMap } from "../region/paint.ts";
import type { Palette } from "../region/palette.ts";
import type { DiagramLayer } from "./layout.ts";
import { NET_VIEWS } from "./numbers.ts";

export function paintMaps(
  root: HTMLElement,
  frame: Frame | null,
  layers: readonly DiagramLayer[],
  palette: Palette,
): void {
  const view = frame?.views[NET_VIEWS.maps];
  if (view?.view !== "plane") return;
  for (const canvas of root.querySelectorAll<HTMLCanvasElement>("[data-map]")) {
    const map = unitMapOf(view, layers, canvas.dataset["map"]!);
    if (map) paintMap(canvas, map, palette);
  }
}

/** Activations between 0 and 1: ½ is neutral, as in the map of the output. */
const SHARES = new Set(["sigmoid", "softmax"]);

/**
 * The map of one unit, as in "dense1/0". Of a sigmoid it is one of probabilities; of others it has its full colour
 * at 1, or at the largest value if that is larger.
 */
export function unitMapOf(
  plane: {
    readonly cells: number;
    readonly layers: Readonly<Record<string, Float32Array>>;
  },
  layers: readonly DiagramLayer[],
  id: string,
): MapValues | null {
  const { cells } = plane;
  const [name = "", unit = "0"] = id.split("/");
  const count = cells * cells;
  const values = plane.layers[name]?.subarray(Number(unit) * count, (Number(unit) + 1) * count);
  if (!values || values.length < count) return null;
  const activation = layers.find((layer) => layer.name === name)?.activation;
  if (SHARES.has(activation ?? "")) return { cells, values, kind: "probability" };
  let scale = 1;
  for (const value of values) if (Math.abs(value) > scale) scale = Math.abs(value);
  return { cells, values, kind: "signed", scale: Number.isFinite(scale) ? scale : 1 };
}
