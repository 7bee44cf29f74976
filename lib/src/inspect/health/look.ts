// One look at a net with some examples: every layer that has a net input, in numbers.

import type { Examples } from "../../data/dataset.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { NdArray } from "../../ops/define.ts";
import type { Model } from "../../train/model/model.ts";
import { type Moments, momentsOf, normOf } from "../gradients/numbers.ts";
import { FLAT, type LayerStatistics, statisticsOf, steepestOf } from "../gradients/statistics.ts";
import { backpropagationOf, type LayerErrors } from "../model/backpropagation.ts";

/** One layer that has a net input, before training or after it. */
export interface LayerLook extends LayerStatistics {
  /** Root mean square of delta over examples and units; over all cells of a map together. */
  readonly error: number;
  /** sqrt(fanIn) times the root mean square of its weights; null where it has none of its own. */
  readonly gain: number | null;
  /** What it reads: |mean| of each of its inputs against their deviation, all inputs together. */
  readonly reads: Moments & { readonly shift: number };
  /** The share of its outputs that are wrong by more than 0.5 and flat; 0 but for the last layer. */
  readonly stuck: number;
}

/** The net at one time. */
export interface NetLook {
  readonly cost: number;
  readonly layers: readonly LayerLook[];
}

/** Looks at a net. */
export function lookAt(model: Model, { x, y }: Examples): NetLook {
  const found = backpropagationOf(model, x, y);
  const statistics = statisticsOf(found);
  const last = found.layers.findLastIndex(({ z }) => z !== null);
  const layers = found.layers.flatMap((layer, i): LayerLook[] => {
    const { z, delta } = layer;
    const own = statistics[i]!;
    if (!z || !delta) return [];
    const { reads } = model.network.placed[i]!;
    const before = found.layers.find(({ name }) => name === reads.at(-1))?.a ?? x;
    const cells = sizeOf(z.shape) / (found.examples * own.units);
    return [
      {
        ...own,
        error: (own.delta?.rms ?? 0) * Math.sqrt(cells),
        gain: gainOf(model, layer.name),
        reads: readingOf(before as NdArray),
        stuck: i === last ? stuckShare(layer, y.data) : 0,
      },
    ];
  });
  return { cost: found.cost, layers };
}

/** Null for a layer without weights of its own. */
function gainOf(model: Model, layer: string): number | null {
  const w = model.instance.params.variables.get(`${layer}/w`);
  if (!w) return null;
  const fanIn = w.size / w.shape.at(-1)!;
  return momentsOf(w.data as ArrayLike<number>).rms * Math.sqrt(fanIn);
}

/** Moments of everything, and how far the means of the single inputs lie from 0, in deviations. */
function readingOf({ data, shape }: Pick<NdArray, "data" | "shape">): LayerLook["reads"] {
  const width = shape.at(-1) ?? 1;
  const rows = data.length / width;
  const [sums, squares] = [new Float64Array(width), new Float64Array(width)];
  for (let i = 0; i < data.length; i++) {
    sums[i % width]! += data[i]!;
    squares[i % width]! += data[i]! ** 2;
  }
  let [means, variances] = [0, 0];
  for (let j = 0; j < width; j++) {
    const mean = sums[j]! / rows;
    means += mean * mean;
    variances += Math.max(0, squares[j]! / rows - mean * mean);
  }
  return { ...momentsOf(data), shift: variances === 0 ? 0 : Math.sqrt(means / variances) };
}

/** Outputs that are far from their targets where the slope leaves them no way back. */
function stuckShare({ a, activation, slope }: LayerErrors, y: ArrayLike<number>): number {
  if (!slope || a.data.length !== y.length) return 0;
  const below = FLAT * steepestOf(activation!);
  let stuck = 0;
  for (let i = 0; i < y.length; i++) {
    if (Math.abs(a.data[i]! - y[i]!) > 0.5 && Math.abs(slope.data[i]!) < below) stuck++;
  }
  return stuck / y.length;
}

/** |w now - w at the start| / |w at the start|, all weights together; 0 where there are none. */
export function movedFrom(start: Model, now: Model): number {
  let [moved, before] = [0, 0];
  for (const [path, variable] of start.instance.params.variables) {
    const old = variable.data as ArrayLike<number>;
    const fresh = now.instance.params.variables.get(path)!.data as ArrayLike<number>;
    before = Math.hypot(before, normOf(old));
    moved = Math.hypot(moved, normOf(Array.from(old, (w, i) => fresh[i]! - w)));
  }
  if (moved === 0) return 0;
  return before === 0 ? Number.POSITIVE_INFINITY : moved / before;
}
