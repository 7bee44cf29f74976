// Pooling: one number for each window of a sequence, an image or a volume.

import { count, type Kind, oneOf } from "../../../checks/arguments.ts";
import { sizeOf } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { reshape } from "../../../tensor/movement.ts";
import { avgPool, maxPool } from "../../../tensor/windows/pooling.ts";
import {
  expectSignature,
  LAYER,
  type LayerSignature,
  lengthOrThree,
  lengthOrTwo,
} from "../arguments.ts";
import {
  AXES_OF,
  countWindows,
  type Dimensions,
  expectExampleAxes,
  lengths,
  type SameChannels,
  type VolumeSize,
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

interface PoolingOptions<W, I extends Shape> extends LayerOptions<I> {
  /** How far the window moves; its own size by default. */
  readonly strides?: W;
  /** "valid" (default): windows stay inside. "same": they may reach out, and what is there is not counted. */
  readonly padding?: WindowPadding;
}

/** Options of maxPool1d() and avgPool1d(). */
export interface Pool1dOptions<I extends Shape = any> extends PoolingOptions<number, I> {}

/** Options of maxPool2d() and avgPool2d(). */
export interface Pool2dOptions<I extends Shape = any> extends PoolingOptions<WindowSize, I> {}

/** Options of maxPool3d() and avgPool3d(). */
export interface Pool3dOptions<I extends Shape = any> extends PoolingOptions<VolumeSize, I> {}

function signatureOf<W>(size: Kind<W>): LayerSignature<PoolingOptions<W, any>> {
  const options = { strides: size as Kind<any>, padding: oneOf("valid", "same"), ...LAYER };
  return { leading: { poolSize: size }, options };
}

export const POOL1D: LayerSignature<Pool1dOptions> = signatureOf(count);
export const POOL2D: LayerSignature<Pool2dOptions> = signatureOf<WindowSize>(lengthOrTwo);
export const POOL3D: LayerSignature<Pool3dOptions> = signatureOf<VolumeSize>(lengthOrThree);

/**
 * [t, c] to [t', c]: the largest element of each window, as Keras's MaxPooling1D. With the default
 * padding t' = (t - poolSize) / strides + 1, rounded down.
 * @throws ArgumentError and ShapeError as maxPool2d
 */
export function maxPool1d<const I extends Shape = any>(
  poolSize = 2,
  options: Pool1dOptions<I> = {},
): Layer<SameChannels<1, "maxPool1d">, InputShape<I>> {
  return pooling("maxPool1d", 1, POOL1D, poolSize, options, maxPool);
}

/** As maxPool1d, but the average of each window (Keras's AveragePooling1D). */
export function avgPool1d<const I extends Shape = any>(
  poolSize = 2,
  options: Pool1dOptions<I> = {},
): Layer<SameChannels<1, "avgPool1d">, InputShape<I>> {
  return pooling("avgPool1d", 1, POOL1D, poolSize, options, avgPool);
}

/**
 * [h, w, c] to [h', w', c]: the largest element of each window, as Keras's MaxPooling2D.
 * @param poolSize one length for a square window, or [height, width]
 * @throws ArgumentError for numbers that are not whole and above 0, and for unknown padding
 * @throws ShapeError for examples of another rank, or smaller than the window
 */
export function maxPool2d<const I extends Shape = any>(
  poolSize: WindowSize = 2,
  options: Pool2dOptions<I> = {},
): Layer<SameChannels<2, "maxPool2d">, InputShape<I>> {
  return pooling("maxPool2d", 2, POOL2D, poolSize, options, maxPool);
}

/** As maxPool2d, but the average of each window (Keras's AveragePooling2D). */
export function avgPool2d<const I extends Shape = any>(
  poolSize: WindowSize = 2,
  options: Pool2dOptions<I> = {},
): Layer<SameChannels<2, "avgPool2d">, InputShape<I>> {
  return pooling("avgPool2d", 2, POOL2D, poolSize, options, avgPool);
}

/**
 * [d, h, w, c] to [d', h', w', c]: the largest element of each window, as Keras's MaxPooling3D.
 * @param poolSize one length for a cube, or [depth, height, width]
 * @throws ArgumentError and ShapeError as maxPool2d
 */
export function maxPool3d<const I extends Shape = any>(
  poolSize: VolumeSize = 2,
  options: Pool3dOptions<I> = {},
): Layer<SameChannels<3, "maxPool3d">, InputShape<I>> {
  return pooling("maxPool3d", 3, POOL3D, poolSize, options, maxPool);
}

/** As maxPool3d, but the average of each window (Keras's AveragePooling3D). */
export function avgPool3d<const I extends Shape = any>(
  poolSize: VolumeSize = 2,
  options: Pool3dOptions<I> = {},
): Layer<SameChannels<3, "avgPool3d">, InputShape<I>> {
  return pooling("avgPool3d", 3, POOL3D, poolSize, options, avgPool);
}

function pooling<W extends number | readonly number[]>(
  kind: string,
  dimensions: Dimensions,
  signature: LayerSignature<PoolingOptions<W, any>>,
  poolSize: W,
  options: PoolingOptions<W, any>,
  pool: typeof maxPool,
): Layer<any, any> {
  expectSignature(kind, signature, [poolSize], options);
  const { padding = "valid" } = options;
  const size = lengths(poolSize, dimensions);
  const strides = lengths(options.strides ?? poolSize, dimensions);
  const dilation = lengths(1, dimensions);
  return withoutParameters({
    kind,
    spec: specOf(kind, { poolSize, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes(kind, input, AXES_OF[dimensions]);
      const windows = { size, strides, dilation, padding };
      return [...countWindows(kind, "window", input, windows), input.at(-1)!];
    },
    map: (x) =>
      SLIDES[dimensions](x, (image, at) =>
        pool(image, pairAt(size, at), { strides: pairAt(strides, at), padding }),
      ),
  });
}

/** Pools images by the lengths and steps of two axes from one on, where -1 stands for an axis of one place. */
type Slide = (x: Tensor, at: number) => Tensor;

const alongSteps = (x: Tensor, slide: Slide): Tensor => {
  const [n, t, c] = x.type.shape as [number, number, number];
  const y = slide(reshape(x, [n, 1, t, c]), -1);
  return reshape(y, [n, y.type.shape[2]!, c]);
};

/**
 * A volume is pooled as images, then along its depth: the largest of the largest is the largest, and the
 * mean of means is the mean, since a window counts as many places along one axis wherever it lies along others.
 */
const alongVolume = (x: Tensor, slide: Slide): Tensor => {
  const [n, d, ...image] = x.type.shape as [number, number, number, number, number];
  const y = slide(reshape(x, [n * d, ...image]), 1);
  const pooled = y.type.shape.slice(1);
  const z = alongSteps(reshape(y, [n, d, sizeOf(pooled)]), slide);
  return reshape(z, [n, z.type.shape[1]!, ...pooled]);
};

const SLIDES: Readonly<Record<Dimensions, (x: Tensor, slide: Slide) => Tensor>> = {
  1: alongSteps,
  2: (x, slide) => slide(x, 0),
  3: alongVolume,
};

function pairAt(values: readonly number[], at: number): [number, number] {
  return [values[at] ?? 1, values[at + 1]!];
}
