// Which part of a picture a unit can see: windows followed back through the layers to the input.

import { expectArgument, index, type Kind, listOf } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Pair } from "../../ir/op-signatures.ts";
import { showShape } from "../../ir/shape.ts";
import { lengths, spansOf, type WindowSize } from "../../nn/layers/convolution/windows.ts";
import type { Placed } from "../../nn/network/network.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import type { Model } from "../../train/model/model.ts";
import { inputShapeOf, layerOf, layerSpecs } from "./layer-outputs.ts";
import type { PictureShape } from "./picture-shape.ts";

export const PLACE: Kind<Pair> = {
  says: "[row, column]",
  fits: (value) => listOf(index).fits(value) && (value as unknown[]).length === 2,
};

/** A rectangle of a picture. It may reach out of it, into the padding. */
export interface PictureWindow {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The window of a convolution or a pooling layer over what it reads. */
export interface LayerWindow {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilation: Pair;
  /** Zeros above and to the left. */
  readonly before: Pair;
  /** From its first place to its last. */
  readonly spans: Pair;
}

/** What one unit of a layer of maps can see of the input. */
export interface ReceptiveField extends PictureWindow {
  readonly layer: string;
  readonly at: Pair;
  /** The shape of the picture: of the input, or what a first reshape makes of it. */
  readonly picture: PictureShape;
  /** Pixels that it moves as the unit moves by one. */
  readonly strides: Pair;
}

const POOLS = ["maxPool2d", "avgPool2d"];
/** Layers that do something to every number alone. */
const CELLWISE = ["input", "rescaling", "activation", "prelu", "dropout"];

/** The window of a layer, or null for one that has none. */
export function layerWindowOf(
  model: Model,
  layer: Placed,
  specs: ReadonlyMap<string, LayerSpec>,
): LayerWindow | null {
  const spec = specs.get(layer.name)!;
  const isPool = POOLS.includes(layer.kind);
  if (!isPool && layer.kind !== "conv2d") return null;
  const size = lengths((isPool ? (spec["poolSize"] ?? 2) : spec["kernelSize"]) as WindowSize, 2);
  const strides = lengths((spec["strides"] ?? (isPool ? size : 1)) as WindowSize, 2);
  const dilation = lengths((spec["dilation"] ?? 1) as WindowSize, 2);
  const spans = spansOf({ size, dilation }) as [number, number];
  const input = inputShapeOf(model, layer);
  const before = [0, 1].map((axis) => {
    if (spec["padding"] !== "same") return 0;
    const reach = (layer.outputShape[axis]! - 1) * strides[axis]! + spans[axis]!;
    return Math.floor(Math.max(reach - input[axis]!, 0) / 2);
  }) as [number, number];
  return { size, strides, dilation, before, spans };
}

/**
 * The part of the picture that a unit can see, at [row, column] of a layer's map; it may reach into the
 * padding. Dilation leaves holes, which it counts.
 * @throws ArgumentError for a place that is not there, and for layers that do not see a window: only
 * conv2d, pooling and layers that act on each number alone may lie between the picture and the unit
 */
export function receptiveFieldOf(model: Model, layer: string, at: Pair): ReceptiveField {
  const where = "receptiveFieldOf";
  const last = layerOf(where, model, layer);
  expectPlace(where, last, at);
  const { picture, windows } = windowsTo(where, model, last);
  const axes = [0, 1].map((axis) => {
    let [low, high, stride] = [at[axis]!, at[axis]!, 1];
    for (const { strides, before, spans } of windows.toReversed()) {
      low = low * strides[axis]! - before[axis]!;
      high = high * strides[axis]! - before[axis]! + spans[axis]! - 1;
      stride *= strides[axis]!;
    }
    return { low, length: high - low + 1, stride };
  });
  const [y, x] = axes as [(typeof axes)[0], (typeof axes)[0]];
  return {
    layer,
    at: [at[0], at[1]],
    picture,
    top: y.low,
    left: x.low,
    height: y.length,
    width: x.length,
    strides: [y.stride, x.stride],
  };
}

/** @throws ArgumentError unless a layer has a map, and this place in it */
export function expectPlace(where: string, { name, outputShape }: Placed, at: Pair): void {
  if (outputShape.length !== 3) {
    throw new ArgumentError(
      `${where}: expected a layer of maps [height, width, channels], received "${name}" of ${showShape(outputShape)}`,
    );
  }
  expectArgument(where, "at", at, PLACE);
  const [rows, columns] = outputShape;
  if (at[0] < rows! && at[1] < columns!) return;
  throw new ArgumentError(
    `${where}: expected at within the ${rows} rows and ${columns} columns of "${name}", received [${at[0]}, ${at[1]}]`,
  );
}

/** The windows between a picture and a layer, the picture's first. */
function windowsTo(where: string, model: Model, last: Placed) {
  const specs = layerSpecs(where, model);
  const { placed, inputShapes } = model.network;
  const windows: LayerWindow[] = [];
  let picture = inputShapes[0]!;
  for (let layer: Placed | undefined = last; layer; ) {
    const window = layerWindowOf(model, layer, specs);
    if (window) windows.unshift(window);
    else if (layer.kind === "reshape") {
      picture = layer.outputShape;
      expectFirst(where, model, layer);
      break;
    } else if (!CELLWISE.includes(layer.kind)) throw unseen(where, layer, last);
    const [from]: readonly string[] = layer.reads;
    layer = placed.find(({ name }) => name === from);
  }
  if (picture.length === 3) return { picture: picture as PictureShape, windows };
  throw new ShapeError(
    `${where}: expected a model of pictures, received one of ${showShape(picture)}`,
  );
}

/** A reshape only says that the input is a picture where nothing before it mixes numbers. */
function expectFirst(where: string, model: Model, layer: Placed): void {
  const { placed } = model.network;
  for (let at: Placed | undefined = layer; at; ) {
    const [from]: readonly string[] = at.reads;
    at = placed.find(({ name }) => name === from);
    if (at && !CELLWISE.includes(at.kind)) throw unseen(where, at, layer);
  }
}

function unseen(where: string, { kind, name }: Placed, last: Placed): ArgumentError {
  return new ArgumentError(
    `${where}: only conv2d, pooling and layers that act on each number alone see a window of the picture; ` +
      `${name === last.name ? `"${name}" is` : `"${last.name}" reads "${name}",`} a ${kind} layer`,
  );
}
