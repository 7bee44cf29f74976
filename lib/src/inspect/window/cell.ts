// How one cell of a convolution's map comes about: patch x kernel, summed, plus the bias.

import { expectOptions, index, type Kinds, text } from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError } from "../../checks/errors.ts";
import type { Pair } from "../../ir/op-signatures.ts";
import type { Placed } from "../../nn/network/network.ts";
import type { NdArray } from "../../ops/define.ts";
import { withCurrent } from "../../runtime/interpreter/current.ts";
import { toTensor } from "../../train/batches/examples.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import type { Model } from "../../train/model/model.ts";
import { applyWith, inputShapeOf, layerOf, layerSpecs, oneInput } from "../learnt/layer-outputs.ts";
import {
  expectPlace,
  type LayerWindow,
  layerWindowOf,
  type PictureWindow,
  PLACE,
  type ReceptiveField,
  receptiveFieldOf,
} from "../learnt/receptive-field.ts";

/** A cell of a map, and all that went into it. */
export interface ConvolutionCell {
  readonly layer: string;
  readonly at: Pair;
  /** The filter, and the channel of the map. */
  readonly filter: number;
  /** Where the window lies in what the layer reads; it may reach into the padding. */
  readonly window: PictureWindow & Pick<LayerWindow, "strides" | "dilation">;
  /** What the patch and the kernel hold: [height, width, channels]. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** What lies under the kernel, as the layer reads it; 0 in the padding. */
  readonly patch: Float64Array;
  /** True where the patch is padding. */
  readonly padded: readonly boolean[];
  readonly kernel: Float64Array;
  /** patch x kernel, place by place. */
  readonly products: Float64Array;
  /** The sum of the products. */
  readonly sum: number;
  /** 0 for a layer without. */
  readonly bias: number;
  /** sum + bias, the net input. */
  readonly z: number;
  /** What the layer gives there: f(z). */
  readonly output: number;
  /**
   * sum + bias with the kernel turned upside down and back to front, as the mathematical convolution
   * w * a has it. Layers here, as in other libraries, take the kernel as it is: cross-correlation.
   */
  readonly flipped: number;
  /** What the cell sees of the picture, through all layers before; null where that is not told. */
  readonly field: ReceptiveField | null;
}

/** Options of convolutionCellOf(). */
export interface ConvolutionCellOptions {
  /** A conv2d layer; the first one by default. */
  readonly layer?: string;
  /** [row, column] of its map. */
  readonly at: Pair;
  /** 0 by default. */
  readonly filter?: number;
}

const OPTIONS: Kinds<ConvolutionCellOptions> = { layer: text, at: PLACE, filter: index };

/**
 * One cell of a conv2d layer for one example: z = sum of patch x kernel + bias. Stride, padding, dilation and
 * groups are those of the layer. (Nielsen, chapter 6; equation 125.)
 * @param x one example along the first axis
 * @throws ArgumentError for another kind of layer, or a place or filter that is not there
 */
export function convolutionCellOf(
  model: Model,
  x: RowsOf,
  options: ConvolutionCellOptions,
): ConvolutionCell {
  const where = "convolutionCellOf";
  expectOptions(where, options, OPTIONS, ["at"]);
  const rows = oneExample(where, model, x);
  const placed = layerOfKinds(where, model, options.layer, ["conv2d"]);
  const { at, filter = 0 } = options;
  expectPlace(where, placed, at);
  const filters = placed.outputShape[2]!;
  expectChannel(where, placed, filter);
  const layerWindow = layerWindowOf(model, placed, layerSpecs(where, model))!;
  const { input, output } = throughLayer(model, placed, rows);
  const { w, b } = model.layer(placed.name);
  const [height, width, channels] = w!.type.shape as [number, number, number];
  const window = windowAt(layerWindow, at);
  // Of groups, a filter reads the channels of its own.
  const groups = input.shape[2]! / channels;
  const first = Math.floor(filter / (filters / groups)) * channels;
  const parts = partsOf(input, {
    window,
    dilation: layerWindow.dilation,
    shape: [height, width, channels],
    first,
  });
  const kernel = Float64Array.from(parts.patch, (_, i) => w!.data[i * filters + filter]!);
  const products = parts.patch.map((value, i) => value * kernel[i]!);
  const add = (a: number, p: number) => a + p;
  const [sum, bias] = [products.reduce(add, 0), b ? b.data[filter]! : 0];
  const turned = parts.patch.reduce((total, value, i) => {
    const [place, channel] = [Math.floor(i / channels), i % channels];
    return total + value * kernel[(height * width - 1 - place) * channels + channel]!;
  }, 0);
  return {
    layer: placed.name,
    at: [at[0], at[1]],
    filter,
    window: { ...window, strides: layerWindow.strides, dilation: layerWindow.dilation },
    shape: [height, width, channels],
    ...parts,
    kernel,
    products,
    sum,
    bias,
    z: sum + bias,
    output: output.data[(at[0] * placed.outputShape[1]! + at[1]) * filters + filter]!,
    flipped: turned + bias,
    field: fieldOf(model, placed, at),
  };
}

/** Numbers of one example at a layer. */
interface Maps {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** What a layer reads and gives for one example. */
export function throughLayer(
  model: Model,
  placed: Placed,
  rows: NdArray,
): { readonly input: Maps; readonly output: Maps } {
  const { engine, params } = model.instance;
  const { layers } = withCurrent({ engine, recording: false }, () =>
    applyWith(model, params.tree, toTensor(rows)),
  );
  const read = layers.get(placed.reads[0] ?? "");
  return {
    input: { shape: inputShapeOf(model, placed), data: read ? read.data : rows.data },
    output: { shape: placed.outputShape, data: layers.get(placed.name)!.data },
  };
}

/** Where the window of a cell lies in what its layer reads. */
export function windowAt({ strides, before, spans }: LayerWindow, at: Pair): PictureWindow {
  return {
    top: at[0] * strides[0] - before[0],
    left: at[1] * strides[1] - before[1],
    height: spans[0],
    width: spans[1],
  };
}

/** What lies under the places of a window, and which of them are padding. */
function partsOf(
  input: Maps,
  cut: {
    window: PictureWindow;
    dilation: Pair;
    shape: readonly [number, number, number];
    first: number;
  },
): { patch: Float64Array; padded: boolean[] } {
  const [rows, columns, all] = input.shape as [number, number, number];
  const { window, dilation, shape, first } = cut;
  const [height, width, channels] = shape;
  const patch = new Float64Array(height * width * channels);
  const padded = Array.from(patch, (_, i) => {
    const place = Math.floor(i / channels);
    const y = window.top + Math.floor(place / width) * dilation[0];
    const x = window.left + (place % width) * dilation[1];
    if (y < 0 || x < 0 || y >= rows || x >= columns) return true;
    patch[i] = input.data[(y * columns + x) * all + first + (i % channels)]!;
    return false;
  });
  return { patch, padded };
}

/** @throws ArgumentError unless there is one example of one input */
export function oneExample(where: string, model: Model, x: RowsOf): NdArray {
  const rows = oneInput(where, model, x);
  if (rows.shape[0] === 1) return rows;
  throw new ArgumentError(`${where}: expected one example, received ${rows.shape[0]}`);
}

/** The layer of a name, or the first of these kinds. @throws ArgumentError where there is none */
export function layerOfKinds(
  where: string,
  model: Model,
  name: string | undefined,
  kinds: readonly string[],
): Placed {
  if (name !== undefined) {
    const placed = layerOf(where, model, name);
    if (kinds.includes(placed.kind)) return placed;
    throw new ArgumentError(
      `${where}: expected a ${kinds.join(" or ")} layer, received "${name}", a ${placed.kind} layer`,
    );
  }
  const first = model.network.placed.find(({ kind }) => kinds.includes(kind));
  if (first) return first;
  throw new ArgumentError(
    `${where}: expected a model with a ${kinds.join(" or ")} layer; this one has none`,
  );
}

/** @throws ArgumentError for a channel that the layer does not make */
export function expectChannel(where: string, { name, outputShape }: Placed, channel: number): void {
  const most = outputShape[2]! - 1;
  if (channel <= most) return;
  throw new ArgumentError(
    `${where}: expected a channel from 0 to ${most} of "${name}", received ${channel}`,
  );
}

/** Layers of other kinds before it may mix all of the picture. */
function fieldOf(model: Model, placed: Placed, at: Pair): ReceptiveField | null {
  try {
    return receptiveFieldOf(model, placed.name, at);
  } catch (error) {
    if (error instanceof NeuriteError) return null;
    throw error;
  }
}
