// What gradientFlow keeps of a measurement: few numbers of each layer, small enough for checkpoints.

import { expectArgument, type Kind, listOf, object } from "../../checks/arguments.ts";
import type { Model } from "../../train/model/model.ts";
import type { LayerErrors } from "../model/backpropagation.ts";
import { normOf } from "./numbers.ts";
import { unitStatistics } from "./statistics.ts";

/** One layer at one step of training. Norms are Euclidean; gradients are of the mean loss, without penalty. */
export interface FlowLayer {
  readonly name: string;
  readonly activation: string | null;
  /** |dC/dw| and |dC/db|, all weights and all other parameters of the layer together; null where it has none. */
  readonly weightGradient: number | null;
  readonly biasGradient: number | null;
  /** |w| */
  readonly weights: number | null;
  /** |change of w| / |w before| of the step before this measurement, and the angle between w before and after, in degrees. */
  readonly updateRatio: number | null;
  readonly updateAngle: number | null;
  /** Mean and deviation of net inputs and activations. */
  readonly zMean: number | null;
  readonly zDeviation: number | null;
  readonly aMean: number;
  readonly aDeviation: number;
  /** Shares: of activations that are 0, of slopes that are flat, of units that are flat for every example. */
  readonly zeros: number;
  readonly flat: number | null;
  readonly dead: number | null;
  /** How many z and a are NaN or infinite. */
  readonly notFinite: number;
}

/** A measurement. */
export interface FlowRow {
  /** Steps taken in all, 0 at the start. */
  readonly step: number;
  /** Epochs done, as a fraction. */
  readonly epoch: number;
  /** Of the examples that are measured. */
  readonly loss: number;
  /** Those layers that have parameters or a net input. */
  readonly layers: readonly FlowLayer[];
}

/** What checkpoints hold of it. */
export interface KeptFlow {
  readonly rows: readonly FlowRow[];
  /** Steps between measurements; 0 until the first epoch says how long it is. */
  readonly every: number;
}

export const KEPT: Kind<KeptFlow> = {
  says: "what gradientFlow saved, { rows, every }",
  fits: (value) => object.fits(value) && listOf(object).fits((value as KeptFlow).rows),
};

/** The rows that a checkpoint keeps of a run's gradient flow; null where there are none. */
export function flowRowsOf(
  callbacks: Readonly<Record<string, unknown>>,
): readonly FlowRow[] | null {
  expectArgument("flowRowsOf", "callbacks", callbacks, object);
  const saved = callbacks[NAME];
  return KEPT.fits(saved) ? (saved as KeptFlow).rows.map(withNaN) : null;
}

export const NAME = "gradientFlow";

/** JSON holds null for a norm that is no finite number. */
function withNaN(row: FlowRow): FlowRow {
  const layers = row.layers.map((layer) => {
    if (layer.weights === null) return layer;
    return { ...layer, weightGradient: layer.weightGradient ?? Number.NaN };
  });
  return { ...row, loss: row.loss ?? Number.NaN, layers };
}

/** The weights of each layer, copied. */
export type LayerWeights = ReadonlyMap<string, readonly ArrayLike<number>[]>;

export function layerWeightsOf(model: Model, isWeight: ReadonlySet<string>): LayerWeights {
  const found = new Map<string, ArrayLike<number>[]>();
  for (const [path, variable] of model.instance.params.variables) {
    if (!isWeight.has(path)) continue;
    const layer = path.slice(0, path.indexOf("/"));
    const list = found.get(layer) ?? [];
    list.push(variable.data.slice() as ArrayLike<number>);
    found.set(layer, list);
  }
  return found;
}

/** One layer of a row. */
export function flowLayer(
  layer: LayerErrors,
  isWeight: ReadonlySet<string>,
  now: LayerWeights,
  before: LayerWeights | null,
): FlowLayer {
  const { name, activation, z, a, zeros, flat, dead, units } = unitStatistics(layer);
  const norm = (kind: boolean) => {
    const own = [...layer.gradients].filter(([path]) => isWeight.has(`${name}/${path}`) === kind);
    const lengths = own.map(([, { data }]) => normOf(data));
    return own.length === 0 ? null : rounded(Math.hypot(...lengths));
  };
  const weights = now.get(name);
  const old = weights && before?.get(name);
  const update = old ? changeOf(old, weights) : null;
  return {
    name,
    activation,
    weightGradient: norm(true),
    biasGradient: norm(false),
    weights: weights ? rounded(Math.hypot(...weights.map(normOf))) : null,
    updateRatio: update && rounded(update.ratio),
    updateAngle: update && rounded(update.angle),
    zMean: z && rounded(z.mean),
    zDeviation: z && rounded(z.deviation),
    aMean: rounded(a.mean),
    aDeviation: rounded(a.deviation),
    zeros: rounded(zeros),
    flat: flat === null ? null : rounded(flat),
    dead: dead && rounded(dead.length / units),
    notFinite: a.notFinite + (z?.notFinite ?? 0),
  };
}

/** |change| / |before|, and the angle between before and after in degrees. */
function changeOf(before: readonly ArrayLike<number>[], after: readonly ArrayLike<number>[]) {
  let [old, change, along] = [0, 0, 0];
  before.forEach((array, k) => {
    const next = after[k]!;
    for (let i = 0; i < array.length; i++) {
      const w = array[i]!;
      const d = next[i]! - w;
      old += w * w;
      change += d * d;
      along += w * d;
    }
  });
  if (old === 0) return { ratio: 0, angle: 0 };
  // The part of the change across the old weights: no difference of nearly equal numbers.
  const across = Math.sqrt(Math.max(0, change - (along * along) / old));
  const angle = Math.atan2(across, Math.sqrt(old) + along / Math.sqrt(old));
  return { ratio: Math.sqrt(change / old), angle: (angle * 180) / Math.PI };
}

/** Six digits are enough to draw, and checkpoints stay small. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
