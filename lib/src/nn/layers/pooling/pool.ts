// Pooling: one number for each window, or for a whole channel.

import { oneOf } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape, Show } from "../../../shapes/index.ts";
import { max, mean } from "../../../tensor/reduce.ts";
import { avgPool, maxPool } from "../../../tensor/windows/pooling.ts";
import { expectSignature, LAYER, type LayerSignature, lengthOrTwo } from "../arguments.ts";
import {
  countWindows,
  expectExampleAxes,
  IMAGE,
  type ImageOf,
  lengths,
  type WindowPadding,
  type WindowSize,
} from "../convolution/windows.ts";
import {
  type InputShape,
  type Layer,
  type LayerOptions,
  specOf,
  withoutParameters,
} from "../layer.ts";

/** An image of the same channels. */
export interface Pool2D<Op extends string> extends Fn {
  readonly out: ImageOf<this["in"], ChannelsOf<this["in"]>, Op>;
}

type ChannelsOf<S> = S extends readonly [...Shape, infer C extends number] ? C : number;

/** Options of maxPool2d() and avgPool2d(). */
export interface Pool2dOptions<I extends Shape = any> extends LayerOptions<I> {
  /** How far the window moves; its own size by default. */
  readonly strides?: WindowSize;
  /** "valid" (default): windows stay inside. "same": they may reach out, and what is there is not counted. */
  readonly padding?: WindowPadding;
}

export const POOL2D: LayerSignature<Pool2dOptions> = {
  leading: { poolSize: lengthOrTwo },
  options: { strides: lengthOrTwo, padding: oneOf("valid", "same"), ...LAYER },
};

/**
 * [h, w, c] to [h', w', c]: the largest element of each window, as Keras's MaxPooling2D.
 * @param poolSize one length for a square window, or [height, width]
 * @throws ArgumentError for numbers that are not whole and above 0, and for unknown padding
 * @throws ShapeError for examples of another rank, or smaller than the window
 */
export function maxPool2d<const I extends Shape = any>(
  poolSize: WindowSize = 2,
  options: Pool2dOptions<I> = {},
): Layer<Pool2D<"maxPool2d">, InputShape<I>> {
  return pooling("maxPool2d", poolSize, options, maxPool);
}

/** As maxPool2d, but the average of each window (Keras's AveragePooling2D). */
export function avgPool2d<const I extends Shape = any>(
  poolSize: WindowSize = 2,
  options: Pool2dOptions<I> = {},
): Layer<Pool2D<"avgPool2d">, InputShape<I>> {
  return pooling("avgPool2d", poolSize, options, avgPool);
}

function pooling(
  kind: string,
  poolSize: WindowSize,
  options: Pool2dOptions,
  pool: typeof maxPool,
): Layer<any, any> {
  expectSignature(kind, POOL2D, [poolSize], options);
  const { padding = "valid" } = options;
  const size = lengths(poolSize, 2);
  const strides = lengths(options.strides ?? size, 2);
  return withoutParameters({
    kind,
    spec: specOf(kind, { poolSize, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes(kind, input, IMAGE);
      const windows = { size, strides, dilation: [1, 1], padding };
      return [...countWindows(kind, "window", input, windows), input[2]!];
    },
    map: (x) => pool(x, size, { strides, padding }),
  });
}

/** Shapes are unknown here: the types of `mean` and `max` would be worked out for nothing. */
type Pooling = (x: Tensor, axes: readonly number[]) => Tensor;
const POOLS: { readonly average: Pooling; readonly max: Pooling } = { average: mean, max };

export const GLOBAL_POOL: LayerSignature<LayerOptions> = {
  leading: { pool: oneOf("average", "max") },
  options: LAYER,
};

/** All axes but the last are pooled away. */
export interface GlobalPool extends Fn {
  readonly out: GlobalPoolOut<this["in"]>;
}

type GlobalPoolOut<S> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [number, ...Shape, infer C extends number]
      ? [C]
      : `globalPool: expected an example [..., channels] of two axes or more, received ${Show<S>}`
  : never;

/**
 * [..., c] to [c]: the average or the maximum of each channel over all other axes, as Keras's
 * GlobalAveragePooling and GlobalMaxPooling over sequences and images.
 * @throws ArgumentError for another name than these two
 * @throws ShapeError for examples of fewer than two axes
 */
export function globalPool<const I extends Shape = any>(
  pool: keyof typeof POOLS,
  options: LayerOptions<I> = {},
): Layer<GlobalPool, InputShape<I>> {
  expectSignature("globalPool", GLOBAL_POOL, [pool], options);
  return withoutParameters<GlobalPool, any>({
    kind: "globalPool",
    spec: specOf("globalPool", { pool, ...options }),
    options,
    outputShape: (input) => {
      if (input.length > 1) return input.slice(-1);
      throw new ShapeError(
        `globalPool: expected an example [..., channels] of two axes or more, ` +
          `received ${showShape(input)}`,
      );
    },
    map: (x) => POOLS[pool](x, x.type.shape.map((_, axis) => axis).slice(1, -1)),
  });
}
