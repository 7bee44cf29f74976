// The view `space`: the plane as two units of a hidden layer see it, which bend it.

import { fromData, type Tensor } from "neurite";
import { pickExamples } from "neurite/data";
import { activationsOf, hiddenSpaceOf } from "neurite/inspect";
import { windowOfData } from "../data.ts";
import type { LiveRun } from "../run/live-run.ts";
import type { View } from "./view.ts";

/** Points of a line of the grid: enough to look bent. */
const STEPS = 25;

export const space: View<"space"> = (live, { layer, units, lines }) => {
  const { timeline, data } = live;
  const raw = gridLines(live, lines);
  if (raw === null) return { space: null };
  const features = data.features(raw);
  const { dtype } = live.settings.run;
  const width = live.settings.data.features.length;
  const values = dtype === "float64" ? Float64Array.from(features) : features;
  const grid = fromData(values, [features.length / width, width], dtype);
  const { x } = data.fitted.train;
  const [bent, placed] = [grid, x].map((rows) => activationsOf(timeline.model, rows).get(layer));
  if (!bent || !placed) return { space: null };
  return {
    space: {
      steps: STEPS,
      grid: pairsOf(bent, units),
      points: pairsOf(placed, units),
      border: borderOf(live, layer, bent.shape.at(-1)!, units),
    },
  };
};

/** Lines through the window, along x1 from the top, then along x2 from the left [2 lines, STEPS, 2]. */
function gridLines({ data }: LiveRun, lines: number): Float32Array | null {
  const window = windowOfData(data);
  if (window === null) return null;
  const { center, reach } = window;
  const at = (i: number, many: number) => reach * ((2 * i) / (many - 1) - 1);
  return Float32Array.from({ length: 4 * lines * STEPS }, (_, k) => {
    const [axis, point] = [k % 2, k >> 1];
    const [line, step] = [Math.floor(point / STEPS), point % STEPS];
    const isAlongX1 = line < lines;
    if (axis === 0) return center[0] + (isAlongX1 ? at(step, STEPS) : at(line - lines, lines));
    return center[1] - (isAlongX1 ? at(line, lines) : at(step, STEPS));
  });
}

function pairsOf({ data, shape }: Tensor, [first, second]: readonly [number, number]) {
  const width = shape.at(-1)!;
  return Float32Array.from({ length: (2 * data.length) / width }, (_, k) => {
    return data[(k >> 1) * width + (k % 2 === 0 ? first : second)]!;
  });
}

/** The line where the output turns, if the two units are all of their layer. */
function borderOf(
  { timeline, data }: LiveRun,
  layer: string,
  width: number,
  units: readonly [number, number],
) {
  if (width !== 2 || units[0] === units[1] || data.raw.classes !== 2) return null;
  // The line is the weights' alone: one example is as good as all.
  const { x } = pickExamples(data.fitted.train, [0]);
  const { readout } = hiddenSpaceOf(timeline.model, x, { layer });
  if (!readout) return null;
  const [n0, n1] = readout.normal;
  const normal = units[0] === 0 ? ([n0!, n1!] as const) : ([n1!, n0!] as const);
  return { normal, offset: readout.offset };
}
