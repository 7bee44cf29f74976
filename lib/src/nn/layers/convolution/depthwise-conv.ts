// Depthwise convolutions: kernels of each channel, which see no other (Sifre 2014; Howard et al. 2017).

import { count } from "../../../checks/arguments.ts";
import type { Shape } from "../../../shapes/index.ts";
import { expectSignature, type LayerSignature } from "../arguments.ts";
import type { InputShape, Layer } from "../layer.ts";
import {
  CONV1D,
  CONV2D,
  type Conv1D,
  type Conv1dOptions,
  type Conv2D,
  type Conv2dOptions,
} from "./conv.ts";
import { convolution } from "./sliding.ts";
import type { WindowSize } from "./windows.ts";

interface Multiplied {
  /** How many filters each channel has; 1 by default. */
  readonly multiplier?: number;
}

/** Options of depthwiseConv1d(). */
export interface DepthwiseConv1dOptions<I extends Shape = any>
  extends Omit<Conv1dOptions<I>, "groups">,
    Multiplied {}

/** Options of depthwiseConv2d(). */
export interface DepthwiseConv2dOptions<I extends Shape = any>
  extends Omit<Conv2dOptions<I>, "groups">,
    Multiplied {}

const { groups: _1, ...OPTIONS1D } = CONV1D.options;
export const DEPTHWISE_CONV1D: LayerSignature<DepthwiseConv1dOptions> = {
  leading: { kernelSize: CONV1D.leading["kernelSize"]! },
  options: { ...OPTIONS1D, multiplier: count },
};

const { groups: _2, ...OPTIONS2D } = CONV2D.options;
export const DEPTHWISE_CONV2D: LayerSignature<DepthwiseConv2dOptions> = {
  leading: { kernelSize: CONV2D.leading["kernelSize"]! },
  options: { ...OPTIONS2D, multiplier: count },
};

/**
 * [h, w, c] to [h', w', c multiplier], as Keras's DepthwiseConv2D: output c multiplier + m is channel c
 * under its filter m. Parameters w [kh, kw, 1, c multiplier] (of a convolution in c groups) and
 * b [c multiplier]. How far it moves, and what lies beyond the edges, is as in conv2d.
 * @param kernelSize one length for a square kernel, or [height, width]
 * @throws ArgumentError for numbers that are not whole and above 0, and for unknown padding
 * @throws ShapeError for examples of another rank, or smaller than the kernel
 */
export function depthwiseConv2d<const I extends Shape = any>(
  kernelSize: WindowSize,
  options: DepthwiseConv2dOptions<I> = {},
): Layer<Conv2D<number, "depthwiseConv2d">, InputShape<I>> {
  expectSignature("depthwiseConv2d", DEPTHWISE_CONV2D, [kernelSize], options);
  return convolution("depthwiseConv2d", 2, { kernelSize, ...options }, perChannel(options));
}

/**
 * [t, c] to [t', c multiplier], as Keras's DepthwiseConv1D. Parameters w [k, 1, c multiplier] and
 * b [c multiplier].
 * @throws ArgumentError and ShapeError as depthwiseConv2d
 */
export function depthwiseConv1d<const I extends Shape = any>(
  kernelSize: number,
  options: DepthwiseConv1dOptions<I> = {},
): Layer<Conv1D<number, "depthwiseConv1d">, InputShape<I>> {
  expectSignature("depthwiseConv1d", DEPTHWISE_CONV1D, [kernelSize], options);
  return convolution("depthwiseConv1d", 1, { kernelSize, ...options }, perChannel(options));
}

function perChannel({ multiplier = 1 }: Multiplied) {
  return { filters: (c: number) => c * multiplier, groups: (c: number) => c };
}
