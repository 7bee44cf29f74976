// What pooling keeps: which cell of each window was the largest, and how little a shift of the picture changes.

import {
  expectArgument,
  expectOptions,
  index,
  type Kinds,
  notNegative,
  text,
  whole,
} from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { allocate } from "../../ir/dtype.ts";
import type { Pair } from "../../ir/op-signatures.ts";
import type { NdArray } from "../../ops/define.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Model } from "../../train/model/model.ts";
import { layerSpecs, MODEL, oneInput, outputsOfLayers } from "../learnt/layer-outputs.ts";
import { PICTURE, type PictureShape, pictureShape } from "../learnt/picture-shape.ts";
import {
  expectPlace,
  layerWindowOf,
  type PictureWindow,
  PLACE,
} from "../learnt/receptive-field.ts";
import { expectChannel, layerOfKinds, oneExample, throughLayer, windowAt } from "./cell.ts";

const POOLS = ["maxPool2d", "avgPool2d"];

/** A cell of a pooling layer, and its window. */
export interface PoolingCell {
  readonly layer: string;
  readonly kind: string;
  readonly at: Pair;
  readonly channel: number;
  /** In what the layer reads; it may reach out, and what is there is not counted. */
  readonly window: PictureWindow;
  /** [height, width], row by row; NaN where the window reaches out. */
  readonly patch: Float64Array;
  /** The place of the largest, [row, column] in what the layer reads: the first of equals. */
  readonly largest: Pair;
  readonly output: number;
}

/** Options of poolingCellOf(). */
export interface PoolingCellOptions {
  /** A pooling layer; the first one by default. */
  readonly layer?: string;
  readonly at: Pair;
  readonly channel?: number;
}

const CELL: Kinds<PoolingCellOptions> = { layer: text, at: PLACE, channel: index };

/**
 * One cell of a maxPool2d or avgPool2d layer for one example.
 * @param x one example along the first axis
 * @throws ArgumentError for another kind of layer, or a place or channel that is not there
 */
export function poolingCellOf(model: Model, x: RowsOf, options: PoolingCellOptions): PoolingCell {
  const where = "poolingCellOf";
  expectOptions(where, options, CELL, ["at"]);
  const rows = oneExample(where, model, x);
  const placed = layerOfKinds(where, model, options.layer, POOLS);
  const { at, channel = 0 } = options;
  expectPlace(where, placed, at);
  expectChannel(where, placed, channel);
  const window = windowAt(layerWindowOf(model, placed, layerSpecs(where, model))!, at);
  const { input, output } = throughLayer(model, placed, rows);
  const [height, width, channels] = input.shape as [number, number, number];
  let [best, largest]: [number, Pair] = [-Infinity, [window.top, window.left]];
  const patch = new Float64Array(window.height * window.width).map((_, i) => {
    const y = window.top + Math.floor(i / window.width);
    const x = window.left + (i % window.width);
    if (y < 0 || x < 0 || y >= height || x >= width) return Number.NaN;
    const value = input.data[(y * width + x) * channels + channel]!;
    if (value > best) [best, largest] = [value, [y, x]];
    return value;
  });
  const place = (at[0] * placed.outputShape[1]! + at[1]) * channels + channel;
  return {
    layer: placed.name,
    kind: placed.kind,
    at: [at[0], at[1]],
    channel,
    window,
    patch,
    largest,
    output: output.data[place]!,
  };
}

/** How many cells stay as they are when the picture moves. */
export interface Unchanged {
  readonly layer: string;
  /** Of all cells of all examples. */
  readonly share: number;
  /** Of those that are not 0 both before and after. NaN where all are. */
  readonly active: number;
  /** The length of the change of all cells, as a share of their own. NaN where all are 0. */
  readonly change: number;
}

/** A layer before and after pooling, as pictures move. */
export interface ShiftReport {
  readonly shift: Pair;
  readonly tolerance: number;
  readonly before: Unchanged;
  readonly pooled: Unchanged;
}

/** Options of shiftReportOf(). */
export interface ShiftOptions {
  /** A pooling layer; the first one by default. */
  readonly layer?: string;
  /** Pixels down and to the right; negative is up and left. One to the right by default. */
  readonly shift?: Pair;
  /** A cell counts as unchanged within this share of the largest value of its layer; 0.01 by default. */
  readonly tolerance?: number;
  readonly picture?: PictureShape;
}

const SHIFT: Kinds<ShiftOptions> = {
  layer: text,
  shift: {
    says: "[down, right], two whole numbers",
    fits: (value) => Array.isArray(value) && value.length === 2 && value.every(whole.fits),
  },
  tolerance: notNegative,
  picture: PICTURE,
};

/**
 * Moves all pictures by some pixels (0 comes in at the edge) and counts the cells of a pooling layer that stay as they
 * are, beside those of the layer that it reads.
 * @throws ArgumentError for a model without pooling, or a shift that leaves nothing
 */
export function shiftReportOf(model: Model, x: RowsOf, options: ShiftOptions = {}): ShiftReport {
  const where = "shiftReportOf";
  expectArgument(where, "model", model, MODEL);
  expectOptions(where, options, SHIFT);
  const rows = oneInput(where, model, x);
  const placed = layerOfKinds(where, model, options.layer, POOLS);
  const { shift = [0, 1], tolerance = 0.01 } = options;
  const picture = pictureShape(where, rows.shape.slice(1), options.picture);
  if (Math.abs(shift[0]) >= picture[0] || Math.abs(shift[1]) >= picture[1]) {
    throw new ArgumentError(
      `${where}: a shift of [${shift.join(", ")}] leaves nothing of pictures of ${picture[0]} x ${picture[1]}`,
    );
  }
  const moved = shifted(rows, picture, shift);
  const layers = [placed.reads[0] ?? "the input", placed.name];
  const [before, pooled] = compared(model, layers, { rows, moved, tolerance });
  return {
    shift: [shift[0], shift[1]],
    tolerance,
    before: before!,
    pooled: pooled!,
  };
}

function shifted(
  rows: NdArray,
  [height, width, channels]: PictureShape,
  [down, right]: Pair,
): NdArray {
  const data = allocate(rows.dtype, rows.data.length);
  const line = width * channels;
  for (let i = 0; i < data.length; i++) {
    const [y, x] = [Math.floor(i / line) % height, Math.floor(i / channels) % width];
    if (y - down < 0 || y - down >= height || x - right < 0 || x - right >= width) continue;
    data[i] = rows.data[i - down * line - right * channels]!;
  }
  return { ...rows, data };
}

/** What two passes, before and after the move, have in common at some layers. */
function compared(
  model: Model,
  layers: readonly string[],
  { rows, moved, tolerance }: { rows: NdArray; moved: NdArray; tolerance: number },
): Unchanged[] {
  const scales = layers.map(() => 0);
  for (const { outputs } of outputsOfLayers(model, layers, rows)) {
    outputs.forEach(({ data }, i) => {
      for (let p = 0; p < data.length; p++) scales[i] = Math.max(scales[i]!, Math.abs(data[p]!));
    });
  }
  const sums = layers.map(() => ({
    cells: 0,
    same: 0,
    active: 0,
    activeSame: 0,
    moved: 0,
    all: 0,
  }));
  const after = outputsOfLayers(model, layers, moved);
  for (const { outputs } of outputsOfLayers(model, layers, rows)) {
    const others = after.next().value!.outputs;
    outputs.forEach(({ data }, i) => {
      const most = tolerance * scales[i]!;
      addTo(sums[i]!, data, others[i]!.data, most);
    });
  }
  return sums.map((sum, i) => ({
    layer: layers[i]!,
    share: sum.same / sum.cells,
    active: sum.activeSame / sum.active,
    change: Math.sqrt(sum.moved / sum.all),
  }));
}

function addTo(
  sum: {
    cells: number;
    same: number;
    active: number;
    activeSame: number;
    moved: number;
    all: number;
  },
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  most: number,
): void {
  for (let i = 0; i < before.length; i++) {
    const [a, b] = [before[i]!, after[i]!];
    const isSame = Math.abs(a - b) <= most;
    sum.cells++;
    if (isSame) sum.same++;
    sum.moved += (a - b) ** 2;
    sum.all += a * a;
    if (a === 0 && b === 0) continue;
    sum.active++;
    if (isSame) sum.activeSame++;
  }
}
