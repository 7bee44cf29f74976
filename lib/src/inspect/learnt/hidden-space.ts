// Where a hidden layer puts the examples: its activations as points that can be drawn.

import { expectArgument, expectOptions, type Kinds, oneOf, text } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { sizeOf } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Model } from "../../train/model/model.ts";
import { layerOf, MODEL, oneInput, outputsOfLayers } from "./layer-outputs.ts";
import { type PointCloud, type PrincipalAxis, principalAxesOf } from "./principal-axes.ts";
import type { SeparatingLine } from "./separating-line.ts";

/** Examples as a hidden layer sees them. */
export interface HiddenSpace extends PointCloud {
  readonly layer: string;
  readonly units: number;
  /** The principal directions along which they are seen; null where the units themselves are the axes. */
  readonly axes: readonly PrincipalAxis[] | null;
  /**
   * Where the model changes its mind, if the next layer is a dense one with one unit, or two classes: the
   * line that it draws through the plane of two units. Its margin is 0: it is not the widest street.
   */
  readonly readout: SeparatingLine | null;
}

/** Options of hiddenSpaceOf(). */
export interface HiddenSpaceOptions {
  /** What the last dense layer reads, if not given. */
  readonly layer?: string;
  /** 2 by default. */
  readonly dimensions?: 2 | 3;
}

const OPTIONS: Kinds<HiddenSpaceOptions> = { layer: text, dimensions: oneOf(2, 3) };

/**
 * The activations of a hidden layer as points: its units as axes where there are no more of them than
 * dimensions, else the principal directions.
 * @throws ArgumentError for a model without a hidden layer, or an unknown layer
 */
export function hiddenSpaceOf(
  model: Model,
  x: RowsOf,
  options: HiddenSpaceOptions = {},
): HiddenSpace {
  const where = "hiddenSpaceOf";
  expectArgument(where, "model", model, MODEL);
  expectOptions(where, options, OPTIONS);
  const { dimensions = 2 } = options;
  const layer = options.layer ?? lastHidden(where, model);
  const { outputShape } = layerOf(where, model, layer);
  const rows = oneInput(where, model, x);
  const units = sizeOf(outputShape);
  const values = new Float64Array(rows.shape[0]! * units);
  for (const { from, outputs } of outputsOfLayers(model, [layer], rows)) {
    values.set(outputs[0]!.data, from * units);
  }
  const points = { count: rows.shape[0]!, dimensions: units, values };
  const readout = units === 2 ? readoutOf(model, layer) : null;
  if (units <= dimensions) return { ...points, layer, units, axes: null, readout };
  const { axes, ...seen } = principalAxesOf(points, dimensions);
  return { count: seen.count, dimensions, values: seen.values, layer, units, axes, readout: null };
}

/** What the last dense layer reads. */
function lastHidden(where: string, model: Model): string {
  const { placed } = model.network;
  const last = placed.findLast(({ kind }) => kind === "dense");
  const from = placed.find(({ name }) => name === last?.reads[0]);
  const isHidden = (name: string | undefined): boolean => {
    const at = placed.find((layer) => layer.name === name);
    if (!at || at.kind === "input" || at.kind === "rescaling") return false;
    return Object.keys(model.layer(at.name)).length > 0 || at.reads.some(isHidden);
  };
  if (from && isHidden(from.name)) return from.name;
  throw new ArgumentError(
    `${where}: expected a model with a hidden layer before its last dense one, or the option layer`,
  );
}

/** Where the dense layer that reads two units gives as much for one class as for the other. */
function readoutOf(model: Model, layer: string): SeparatingLine | null {
  const next = model.network.placed.find(({ reads }) => reads.includes(layer));
  const outputs = next?.kind === "dense" ? next.outputShape.at(-1)! : 0;
  if (!next || outputs < 1 || outputs > 2) return null;
  const { w, b } = model.layer(next.name);
  // Of two classes, what counts is how much more the second one gets.
  const difference = ({ data }: Tensor, row: number) =>
    outputs === 1 ? data[row]! : data[2 * row + 1]! - data[2 * row]!;
  const bias = b ? difference(b, 0) : 0;
  const [nx, ny] = [difference(w!, 0), difference(w!, 1)];
  const length = Math.hypot(nx, ny);
  if (!(length > 0) || !Number.isFinite(length + bias)) return null;
  return { normal: [nx / length, ny / length], offset: -bias / length, margin: 0 };
}
