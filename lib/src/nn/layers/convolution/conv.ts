// Convolutions: one kernel for every place of a sequence, an image or a volume (LeCun et al. 1989).

import { count, type Kind, oneOf } from "../../../checks/arguments.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import {
  expectSignature,
  LAYER,
  type LayerSignature,
  lengthOrThree,
  lengthOrTwo,
} from "../arguments.ts";
import { WEIGHTED } from "../core/weighted.ts";
import type { InputShape, Layer } from "../layer.ts";
import { convolution, type SlidingOptions } from "./sliding.ts";
import type {
  Dimensions,
  ExampleOf,
  ImageOf,
  VolumeSize,
  WindowPadding,
  WindowSize,
} from "./windows.ts";

/** An image of as many channels as there are filters. */
export interface Conv2D<Filters extends number, Op extends string = "conv2d"> extends Fn {
  readonly out: ImageOf<this["in"], Filters, Op>;
}

/** The same of a sequence, [steps, channels]. */
export interface Conv1D<Filters extends number, Op extends string = "conv1d"> extends Fn {
  readonly out: ExampleOf<1, this["in"], Filters, Op>;
}

/** The same of a volume, [depth, height, width, channels]. */
export interface Conv3D<Filters extends number> extends Fn {
  readonly out: ExampleOf<3, this["in"], Filters, "conv3d">;
}

interface ConvOptions<P extends string, W, I extends Shape> extends SlidingOptions<P, W, I> {
  /** How many groups channels and filters are parted into; a group sees no other. 1 by default. */
  readonly groups?: number;
}

/**
 * What a convolution along time finds beyond its ends: nothing ("valid"), zeros on both ("same"), or
 * zeros before the start only ("causal"), so that no output sees what comes later.
 */
export type Conv1dPadding = WindowPadding | "causal";

/** Options of conv1d(). */
export interface Conv1dOptions<I extends Shape = any>
  extends ConvOptions<Conv1dPadding, number, I> {}

/** Options of conv2d(). */
export interface Conv2dOptions<I extends Shape = any>
  extends ConvOptions<WindowPadding, WindowSize, I> {}

/** Options of conv3d(). */
export interface Conv3dOptions<I extends Shape = any>
  extends ConvOptions<WindowPadding, VolumeSize, I> {}

function signatureOf<P extends string, W>(
  size: Kind<W>,
  padding: Kind<P>,
): LayerSignature<ConvOptions<P, W, any>> {
  const sizes = size as Kind<any>;
  const options = {
    strides: sizes,
    padding: padding as Kind<any>,
    dilation: sizes,
    groups: count,
    ...WEIGHTED,
    ...LAYER,
  };
  return { leading: { filters: count, kernelSize: size }, options };
}

const INSIDE = oneOf("valid", "same");
export const CONV1D: LayerSignature<Conv1dOptions> = signatureOf<Conv1dPadding, number>(
  count,
  oneOf("valid", "same", "causal"),
);
export const CONV2D: LayerSignature<Conv2dOptions> = signatureOf<WindowPadding, WindowSize>(
  lengthOrTwo,
  INSIDE,
);
export const CONV3D: LayerSignature<Conv3dOptions> = signatureOf<WindowPadding, VolumeSize>(
  lengthOrThree,
  INSIDE,
);

/**
 * [h, w, c] to [h', w', filters], as Keras's Conv2D. Parameters w [kh, kw, c / groups, filters] and
 * b [filters]. With the default padding h' = (h - kh) / strides + 1, rounded down.
 * @param kernelSize one length for a square kernel, or [height, width]
 * @throws ArgumentError for numbers that are not whole and above 0, for unknown padding, and where
 * filters do not divide into groups
 * @throws ShapeError for examples of another rank, smaller than the kernel, or whose channels do not
 * divide into groups
 */
export function conv2d<const N extends number, const I extends Shape = any>(
  filters: N,
  kernelSize: WindowSize,
  options: Conv2dOptions<I> = {},
): Layer<Conv2D<N>, InputShape<I>> {
  expectSignature("conv2d", CONV2D, [filters, kernelSize], options);
  return grouped("conv2d", 2, filters, kernelSize, options);
}

/**
 * [t, c] to [t', filters], as Keras's Conv1D. Parameters w [k, c / groups, filters] and b [filters].
 * With the default padding t' = (t - kernelSize) / strides + 1, rounded down.
 * @throws ArgumentError and ShapeError as conv2d
 */
export function conv1d<const N extends number, const I extends Shape = any>(
  filters: N,
  kernelSize: number,
  options: Conv1dOptions<I> = {},
): Layer<Conv1D<N>, InputShape<I>> {
  expectSignature("conv1d", CONV1D, [filters, kernelSize], options);
  return grouped("conv1d", 1, filters, kernelSize, options);
}

/**
 * [d, h, w, c] to [d', h', w', filters], as Keras's Conv3D. Parameters w [kd, kh, kw, c / groups, filters]
 * and b [filters]. With the default padding d' = (d - kd) / strides + 1, rounded down.
 * @param kernelSize one length for a cube, or [depth, height, width]
 * @throws ArgumentError and ShapeError as conv2d
 */
export function conv3d<const N extends number, const I extends Shape = any>(
  filters: N,
  kernelSize: VolumeSize,
  options: Conv3dOptions<I> = {},
): Layer<Conv3D<N>, InputShape<I>> {
  expectSignature("conv3d", CONV3D, [filters, kernelSize], options);
  return grouped("conv3d", 3, filters, kernelSize, options);
}

function grouped(
  kind: string,
  dimensions: Dimensions,
  filters: number,
  kernelSize: VolumeSize | WindowSize,
  options: ConvOptions<string, any, any>,
): Layer<any, any> {
  const { groups = 1 } = options;
  const args = { filters, kernelSize, ...options };
  return convolution(kind, dimensions, args, { filters, groups });
}
