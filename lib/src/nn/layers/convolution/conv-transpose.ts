// The transpose of a convolution, which enlarges an image (Zeiler et al. 2010).

import type { Fn, Shape } from "../../../shapes/index.ts";
import { convolve2dTranspose } from "../../../tensor/windows/convolution.ts";
import { expectSignature, type LayerSignature } from "../arguments.ts";
import { weighted } from "../core/weighted.ts";
import { type InputShape, type Layer, specOf } from "../layer.ts";
import { CONV2D, type Conv2dOptions } from "./conv.ts";
import {
  expectExampleAxes,
  IMAGE,
  type ImageOf,
  lengths,
  spansOf,
  type WindowSize,
} from "./windows.ts";

/** An image of as many channels as there are filters. */
export interface Conv2DTranspose<Filters extends number> extends Fn {
  readonly out: ImageOf<this["in"], Filters, "conv2dTranspose">;
}

/** Options of conv2dTranspose(): those of the convolution that it turns around, but for groups. */
export type Conv2dTransposeOptions<I extends Shape = any> = Omit<Conv2dOptions<I>, "groups">;

const { groups: _, ...OPTIONS } = CONV2D.options;
export const CONV2D_TRANSPOSE: LayerSignature<Conv2dTransposeOptions> = {
  leading: CONV2D.leading,
  options: OPTIONS,
};

/**
 * [h, w, c] to [h', w', filters], as Keras's Conv2DTranspose: "same" gives h' = h strides, "valid"
 * gives h strides + max(kh - strides, 0). Parameters w [kh, kw, filters, c] (the kernel of the
 * convolution that it is the transpose of) and b [filters].
 * @param kernelSize one length for a square kernel, or [height, width]
 * @throws ArgumentError for numbers that are not whole and above 0, and for unknown padding
 * @throws ShapeError for examples of another rank
 */
export function conv2dTranspose<const N extends number, const I extends Shape = any>(
  filters: N,
  kernelSize: WindowSize,
  options: Conv2dTransposeOptions<I> = {},
): Layer<Conv2DTranspose<N>, InputShape<I>> {
  const kind = "conv2dTranspose";
  expectSignature(kind, CONV2D_TRANSPOSE, [filters, kernelSize], options);
  const { padding = "valid" } = options;
  const size = lengths(kernelSize, 2);
  const strides = lengths(options.strides ?? 1, 2);
  const dilation = lengths(options.dilation ?? 1, 2);
  const spans = spansOf({ size, dilation });
  return {
    kind,
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf(kind, { filters, kernelSize, ...options }),
    outputShape: (input) => {
      expectExampleAxes(kind, input, IMAGE);
      const enlarged = strides.map((stride, axis) => {
        const beyond = padding === "same" ? 0 : Math.max(spans[axis]! - stride, 0);
        return input[axis]! * stride + beyond;
      });
      return [...enlarged, filters];
    },
    ...weighted(
      filters,
      options,
      (input) => [...size, filters, input.at(-1)!],
      (x, w) => convolve2dTranspose(x, w, { strides, padding, dilation }),
      -2,
    ),
  };
}
