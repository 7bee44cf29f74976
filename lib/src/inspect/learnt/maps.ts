// What a network of convolutions holds and makes: its filters, and the feature maps of examples.

import { expectArgument, instance } from "../../checks/arguments.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { RowsOf } from "../../train/batches/rows.ts";
import { Model } from "../../train/model/model.ts";
import { activationsOf } from "../model/activations.ts";

/** The kernels of one convolution. */
export interface Filters {
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  /** How many channels each filter reads. */
  readonly channels: number;
  readonly filters: number;
  /** [height, width, channels, filters] */
  readonly values: ArrayLike<number>;
  readonly low: number;
  readonly high: number;
}

/**
 * The filters of every conv2d layer, in the order of the layers.
 * @throws ArgumentError for what is no model
 */
export function filtersOf(model: Model): Filters[] {
  expectArgument("filtersOf", "model", model, instance("a model", Model));
  const layers = model.network.placed.filter(({ kind }) => kind === "conv2d");
  return layers.map(({ name }) => {
    const { type, data } = model.layer(name)["w"]!;
    const [height, width, channels, filters] = type.shape as [number, number, number, number];
    const { low, high } = measure(data, filters);
    return { layer: name, height, width, channels, filters, values: data, low, high };
  });
}

/** What one layer makes of one example: a map for each channel. */
export interface FeatureMaps {
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [height, width, channels] */
  readonly values: ArrayLike<number>;
  readonly low: number;
  readonly high: number;
  /** The channel of the largest value. */
  readonly strongest: number;
  /** How many channels are 0 everywhere. */
  readonly silent: number;
}

/**
 * For each example, the maps of every layer from the first conv2d on whose outputs are
 * [height, width, channels], in the order of the layers; dropout, which passes on its input, is left out.
 * A model without a convolution gives an empty list.
 * @param x examples along the first axis; all go through at once
 * @throws ShapeError where the examples do not fit the model
 */
export function featureMapsOf(model: Model, x: RowsOf): FeatureMaps[][] {
  expectArgument("featureMapsOf", "model", model, instance("a model", Model));
  const { placed } = model.network;
  const first = placed.findIndex(({ kind }) => kind === "conv2d");
  const layers = (first < 0 ? [] : placed.slice(first)).filter(
    ({ kind, outputShape }) => outputShape.length === 3 && kind !== "dropout",
  );
  if (layers.length === 0) return [];
  const found = activationsOf(model, x);
  const examples = found.get(layers[0]!.name)!.type.shape[0]!;
  return Array.from({ length: examples }, (_, example) =>
    layers.map(({ name }) => mapsOf(name, found.get(name)!, example)),
  );
}

function mapsOf(layer: string, maps: Tensor, example: number): FeatureMaps {
  const [, height, width, channels] = maps.type.shape as [number, number, number, number];
  const size = height * width * channels;
  const values = maps.data.subarray(example * size, (example + 1) * size);
  return { layer, height, width, channels, values, ...measure(values, channels) };
}

/** The range, the channel of the largest value, and how many channels are 0. */
function measure(values: ArrayLike<number>, channels: number) {
  let [low, high, strongest] = [Infinity, -Infinity, 0];
  const isSilent = new Array<boolean>(channels).fill(true);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    low = Math.min(low, value);
    if (value !== 0) isSilent[i % channels] = false;
    if (value > high) [high, strongest] = [value, i % channels];
  }
  return { low, high, strongest, silent: isSilent.filter(Boolean).length };
}
