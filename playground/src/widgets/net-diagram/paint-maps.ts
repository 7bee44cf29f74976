// Small maps of the plane, one in each unit of the drawing.

import type { Frame } from "../../protocol/index.ts";
import { paintMap } from "../region/paint.ts";
import type { Palette } from "../region/palette.ts";
import { NET_VIEWS } from "./numbers.ts";

export function paintMaps(root: HTMLElement, frame: Frame | null, palette: Palette): void {
  const view = frame?.views[NET_VIEWS.maps];
  if (view?.view !== "plane") return;
  for (const canvas of root.querySelectorAll<HTMLCanvasElement>("[data-map]")) {
    const map = unitMapOf(view, canvas.dataset["map"]!);
    if (map) paintMap(canvas, { ...map, kind: "signed" }, palette);
  }
}

/** The map of one unit, as in "dense1/0"; full colour at 1, or at the largest value if that is larger. */
export function unitMapOf(
  {
    cells,
    layers,
  }: { readonly cells: number; readonly layers: Readonly<Record<string, Float32Array>> },
  id: string,
): { readonly cells: number; readonly values: Float32Array; readonly scale: number } | null {
  const [name = "", unit = "0"] = id.split("/");
  const count = cells * cells;
  const values = layers[name]?.subarray(Number(unit) * count, (Number(unit) + 1) * count);
  if (!values || values.length < count) return null;
  let scale = 1;
  for (const value of values) if (Math.abs(value) > scale) scale = Math.abs(value);
  return { cells, values, scale: Number.isFinite(scale) ? scale : 1 };
}
