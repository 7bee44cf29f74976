// Examples made larger: each place repeated, or what lies between two places drawn in; and channels dealt
// out to places (pixel shuffle).

import { count, type Kind, oneOf } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { add, mul } from "../../../tensor/elementwise.ts";
import {
  expectSignature,
  LAYER,
  type LayerSignature,
  lengthOrThree,
  lengthOrTwo,
} from "../arguments.ts";
import {
  AXES_OF,
  type Dimensions,
  expectExampleAxes,
  IMAGE,
  type ImageOf,
  lengths,
  type SameChannels,
  type VolumeSize,
  type WindowSize,
} from "../convolution/windows.ts";
import {
  type InputShape,
  type Layer,
  type LayerOptions,
  specOf,
  withoutParameters,
} from "../layer.ts";

/** Options of upsampling1d(), upsampling2d() and upsampling3d(). */
export interface UpsamplingOptions<I extends Shape = any> extends LayerOptions<I> {
  /**
   * "nearest" (default): each place is repeated. "linear": a straight line between the middles of two
   * places ("bilinear" in an image), and beyond the outermost middles what they hold.
   */
  readonly interpolation?: "nearest" | "linear" | "bilinear";
}

const signature = (size: Kind<any>, ...smooth: string[]): LayerSignature<UpsamplingOptions> => ({
  leading: { size },
  options: { interpolation: oneOf("nearest", ...smooth) as Kind<never>, ...LAYER },
});
export const UPSAMPLING1D: LayerSignature<UpsamplingOptions> = signature(count, "linear");
export const UPSAMPLING2D: LayerSignature<UpsamplingOptions> = signature(
  lengthOrTwo,
  "bilinear",
  "linear",
);
export const UPSAMPLING3D: LayerSignature<UpsamplingOptions> = signature(lengthOrThree, "linear");
export const PIXEL_SHUFFLE: LayerSignature<LayerOptions> = {
  leading: { factor: count },
  options: LAYER,
};

/**
 * [t, c] to [t size, c], as Keras's UpSampling1D.
 * @throws ArgumentError for sizes that are not whole and above 0, and for unknown interpolation
 * @throws ShapeError for examples of another rank
 */
export function upsampling1d<const I extends Shape = any>(
  size = 2,
  options: UpsamplingOptions<I> = {},
): Layer<SameChannels<1, "upsampling1d">, InputShape<I>> {
  expectSignature("upsampling1d", UPSAMPLING1D, [size], options);
  return upsampling("upsampling1d", 1, size, options);
}

/** [h, w, c] to [h size, w size, c], as Keras's UpSampling2D. @throws as upsampling1d */
export function upsampling2d<const I extends Shape = any>(
  size: WindowSize = 2,
  options: UpsamplingOptions<I> = {},
): Layer<SameChannels<2, "upsampling2d">, InputShape<I>> {
  expectSignature("upsampling2d", UPSAMPLING2D, [size], options);
  return upsampling("upsampling2d", 2, size, options);
}

/** [d, h, w, c] to [d size, h size, w size, c], as Keras's UpSampling3D. @throws as upsampling1d */
export function upsampling3d<const I extends Shape = any>(
  size: VolumeSize = 2,
  options: UpsamplingOptions<I> = {},
): Layer<SameChannels<3, "upsampling3d">, InputShape<I>> {
  expectSignature("upsampling3d", UPSAMPLING3D, [size], options);
  return upsampling("upsampling3d", 3, size, options);
}

function upsampling(
  kind: string,
  dimensions: Dimensions,
  size: number | readonly number[],
  options: UpsamplingOptions,
): Layer<any, any> {
  const sizes = lengths(size, dimensions);
  const { interpolation = "nearest" } = options;
  const enlarge = interpolation === "nearest" ? repeatPlaces : drawBetween;
  return withoutParameters({
    kind,
    spec: specOf(kind, { size, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes(kind, input, AXES_OF[dimensions]);
      return input.map((n, axis) => n * (sizes[axis] ?? 1));
    },
    map: (x) =>
      sizes.reduce<Tensor>((y, times, i) => (times === 1 ? y : enlarge(y, i + 1, times)), x),
  });
}

/** [..., n, ...] to [..., n times, ...], each place `times` times. */
function repeatPlaces(x: Tensor, axis: number, times: number): Tensor {
  const { shape } = x.type;
  const [before, after] = [shape.slice(0, axis + 1), shape.slice(axis + 1)];
  const apart = prims.reshape(x, { shape: [...before, 1, ...after] });
  const repeated = prims.expand(apart, { shape: [...before, times, ...after] });
  return prims.reshape(repeated, { shape: shape.with(axis, shape[axis]! * times) });
}

/** As repeatPlaces, but of the `times` new places each is weighed from the two old middles beside it. */
function drawBetween(x: Tensor, axis: number, times: number): Tensor {
  const { shape } = x.type;
  const n = shape[axis]!;
  const part = (from: number, to: number) =>
    prims.slice(x, {
      start: shape.map((_, i) => (i === axis ? from : 0)),
      end: shape.with(axis, to),
      step: shape.map(() => 1),
    });
  const earlier = prims.concat(part(0, 1), part(0, n - 1), { axis });
  const later = prims.concat(part(1, n), part(n - 1, n), { axis });
  const places = Array.from({ length: times }, (_, i) => {
    const offset = (i + 0.5) / times - 0.5; // of the new middle from the old one
    const other = offset < 0 ? earlier : later;
    const mixed = add(mul(x, 1 - Math.abs(offset)), mul(other, Math.abs(offset)));
    const column = [...shape.slice(0, axis + 1), 1, ...shape.slice(axis + 1)];
    return prims.reshape(offset === 0 ? x : mixed, { shape: column });
  });
  const joined = prims.concat(...places, { axis: axis + 1 });
  return prims.reshape(joined, { shape: shape.with(axis, n * times) });
}

/** An image whose number of channels is not counted. */
export interface PixelShuffle extends Fn {
  readonly out: ImageOf<this["in"], number, "pixelShuffle">;
}

/**
 * [h, w, c factor^2] to [h factor, w factor, c]: a square of places from the channels of one (Shi et al.
 * 2016), as TensorFlow's depth_to_space: channel (i factor + j) c + k goes to row i and column j.
 * @throws ArgumentError unless the factor is a whole number above 0
 * @throws ShapeError for examples of another rank, or whose channels are no multiple of factor^2
 */
export function pixelShuffle<const I extends Shape = any>(
  factor: number,
  options: LayerOptions<I> = {},
): Layer<PixelShuffle, InputShape<I>> {
  expectSignature("pixelShuffle", PIXEL_SHUFFLE, [factor], options);
  return withoutParameters<PixelShuffle, any>({
    kind: "pixelShuffle",
    spec: specOf("pixelShuffle", { factor, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes("pixelShuffle", input, IMAGE);
      const [h, w, c] = input as [number, number, number];
      if (c % factor ** 2 === 0) return [h * factor, w * factor, c / factor ** 2];
      throw new ShapeError(
        `pixelShuffle: the ${c} channels of ${showShape(input)} are no multiple of ${factor}^2`,
      );
    },
    map: (x) => {
      const [n, h, w, c] = x.type.shape as [number, number, number, number];
      const kept = c / factor ** 2;
      const apart = prims.reshape(x, { shape: [n, h, w, factor, factor, kept] });
      const rows = prims.transpose(apart, { perm: [0, 1, 3, 2, 4, 5] });
      return prims.reshape(rows, { shape: [n, h * factor, w * factor, kept] });
    },
  });
}
