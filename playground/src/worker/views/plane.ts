// The view `plane`: what every unit makes of the plane, cell by cell.

import { activationsOf, fromData, predictionsOf, type Tensor } from "neurite/timeline";
import { windowOfData } from "../data.ts";
import type { LiveRun } from "../run/live-run.ts";
import type { View } from "./view.ts";

export const plane: View<"plane"> = async (live, { layer, cells }) => {
  const x = gridOf(live, cells);
  const { model } = live.timeline;
  if (x === null) return { cells, layers: {} };
  if (layer === "output") {
    const { values, outputs } = await predictionsOf(model, x);
    return { cells, layers: { output: byUnit(values, outputs) } };
  }
  const all = [...activationsOf(model, x)].filter(([name]) => layer === "all" || name === layer);
  const layers = all.map(([name, tensor]: [string, Tensor]) => {
    return [name, byUnit(tensor.data, tensor.size / (cells * cells))] as const;
  });
  return { cells, layers: Object.fromEntries(layers) };
};

/** Grids of features are the same in every frame. */
const GRIDS = new WeakMap<LiveRun["data"], Map<number, Tensor>>();

/** The features of the middle of every cell, from the top left; null where the inputs are no plane. */
function gridOf({ data, settings }: LiveRun, cells: number): Tensor | null {
  const window = windowOfData(data);
  if (window === null) return null;
  const grids = GRIDS.get(data) ?? new Map<number, Tensor>();
  GRIDS.set(data, grids);
  const kept = grids.get(cells);
  if (kept) return kept;
  const { center, reach } = window;
  const at = (i: number) => reach * ((2 * (i + 0.5)) / cells - 1);
  const raw = Float32Array.from({ length: cells * cells * 2 }, (_, i) => {
    const cell = i >> 1;
    return i % 2 === 0 ? center[0] + at(cell % cells) : center[1] - at(Math.floor(cell / cells));
  });
  const features = data.features(raw);
  const dtype = settings.run.dtype;
  const values = dtype === "float64" ? Float64Array.from(features) : features;
  const grid = fromData(values, [cells * cells, settings.data.features.length], dtype);
  grids.set(cells, grid);
  return grid;
}

/** Rows [cells, units] as one map after the other [units, cells]. */
function byUnit(values: ArrayLike<number>, units: number): Float32Array {
  const count = values.length / units;
  const maps = new Float32Array(values.length);
  for (let i = 0; i < count; i++) {
    for (let unit = 0; unit < units; unit++) maps[unit * count + i] = values[i * units + unit]!;
  }
  return maps;
}
