// Convolutions: one kernel for every place of an image or a sequence (LeCun et al. 1989).

import { count, oneOf } from "../../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape, Show } from "../../../shapes/index.ts";
import { convolve1d, convolve2d } from "../../../tensor/windows/convolution.ts";
import { expectSignature, LAYER, type LayerSignature, lengthOrTwo } from "../arguments.ts";
import { WEIGHTED, type WeightedOptions, weighted } from "../core/weighted.ts";
import { type InputShape, type Layer, specOf } from "../layer.ts";
import {
  countWindows,
  type ExampleAxes,
  expectExampleAxes,
  IMAGE,
  type ImageOf,
  lengths,
  SEQUENCE,
  spansOf,
  type WindowPadding,
  type WindowSize,
  type Windows,
} from "./windows.ts";

/** An image of as many channels as there are filters. */
export interface Conv2D<Filters extends number> extends Fn {
  readonly out: ImageOf<this["in"], Filters, "conv2d">;
}

/** The same of a sequence, [steps, channels]. */
export interface Conv1D<Filters extends number> extends Fn {
  readonly out: Conv1DOut<this["in"], Filters>;
}

type Conv1DOut<S, Filters extends number> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [number, number]
      ? [number, Filters]
      : `conv1d: expected an example [steps, channels], received ${Show<S>}`
  : never;

interface ConvOptions<P extends string, W extends WindowSize, I extends Shape>
  extends WeightedOptions<I> {
  /** How far the kernel moves from one output to the next; 1 by default. */
  readonly strides?: W;
  /**
   * "valid" (default): the kernel stays inside. "same": zeros around the input, so that there is an
   * output for every stride. "causal" (conv1d): zeros before it only, so no output sees a later step.
   */
  readonly padding?: P;
  /** How far apart the kernel's elements lie; 1 by default. */
  readonly dilation?: W;
  /** How many groups channels and filters are parted into; a group sees no other. 1 by default. */
  readonly groups?: number;
}

/**
 * What a convolution along time finds beyond its ends: nothing ("valid"), zeros on both ("same"), or
 * zeros before the start only ("causal"), so that no output sees what comes later.
 */
export type Conv1dPadding = WindowPadding | "causal";

/** Options of conv2d(). */
export interface Conv2dOptions<I extends Shape = any>
  extends ConvOptions<WindowPadding, WindowSize, I> {}

/** Options of conv1d(). */
export interface Conv1dOptions<I extends Shape = any>
  extends ConvOptions<Conv1dPadding, number, I> {}

export const CONV2D: LayerSignature<Conv2dOptions> = {
  leading: { filters: count, kernelSize: lengthOrTwo },
  options: {
    strides: lengthOrTwo,
    padding: oneOf("valid", "same"),
    dilation: lengthOrTwo,
    groups: count,
    ...WEIGHTED,
    ...LAYER,
  },
};

export const CONV1D: LayerSignature<Conv1dOptions> = {
  leading: { filters: count, kernelSize: count },
  options: {
    strides: count,
    padding: oneOf("valid", "same", "causal"),
    dilation: count,
    groups: count,
    ...WEIGHTED,
    ...LAYER,
  },
};

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
  const { padding = "valid", groups = 1 } = options;
  const size = lengths(kernelSize, 2);
  const strides = lengths(options.strides ?? 1, 2);
  const dilation = lengths(options.dilation ?? 1, 2);
  const windows = { size, strides, dilation, padding };
  return convolution("conv2d", IMAGE, { filters, kernelSize, ...options }, windows, (x, w) =>
    convolve2d(x, w, { strides, padding, dilation, groups }),
  );
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
  const { padding = "valid", groups = 1 } = options;
  const size = lengths(kernelSize, 1);
  const strides = lengths(options.strides ?? 1, 1);
  const dilation = lengths(options.dilation ?? 1, 1);
  const windows = { size, strides, dilation, padding };
  const before = spansOf(windows)[0]! - 1;
  const sides = padding === "causal" ? ([before, 0] as const) : padding;
  return convolution("conv1d", SEQUENCE, { filters, kernelSize, ...options }, windows, (x, w) =>
    convolve1d(x, w, { stride: strides[0], padding: sides, dilation: dilation[0], groups }),
  );
}

/** What the two have in common: they differ in the number of axes. */
function convolution(
  kind: string,
  axes: ExampleAxes,
  args: ConvOptions<string, WindowSize, any> & { readonly filters: number; kernelSize: WindowSize },
  windows: Windows,
  product: (x: Tensor, w: Tensor) => Tensor,
): Layer<any, any> {
  const { filters, groups = 1 } = args;
  if (filters % groups !== 0) {
    throw new ArgumentError(`${kind}: ${filters} filters do not divide into ${groups} groups`);
  }
  return {
    kind,
    name: args.name,
    inputShape: args.inputShape,
    spec: specOf(kind, args),
    outputShape: (input) => {
      expectExampleAxes(kind, input, axes);
      if (input.at(-1)! % groups !== 0) {
        throw new ShapeError(
          `${kind}: the ${input.at(-1)} channels of ${showShape(input)} do not divide into ` +
            `${groups} groups`,
        );
      }
      return [...countWindows(kind, "kernel", input, windows), filters];
    },
    ...weighted(
      filters,
      args,
      (input) => [...windows.size, input.at(-1)! / groups, filters],
      product,
    ),
  };
}
