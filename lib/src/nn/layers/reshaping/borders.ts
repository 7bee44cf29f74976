// Zeros around an example, and borders that are cut off.

import { index, type Kind } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import {
  AXES_OF,
  type Dimensions,
  expectExampleAxes,
  type SameChannels,
} from "../convolution/windows.ts";
import {
  type InputShape,
  type Layer,
  type LayerOptions,
  specOf,
  withoutParameters,
} from "../layer.ts";

type Pair = readonly [number, number];

/** How much at both ends of a sequence, or [before, after]. */
export type Border1d = number | Pair;
/** How much on all sides of an image, or [vertical, horizontal], each a number or [before, after]. */
export type Border2d = number | readonly [Border1d, Border1d];
/** How much on all sides of a volume, or [depth, height, width], each a number or [before, after]. */
export type Border3d = number | readonly [Border1d, Border1d, Border1d];

const isSide = (x: unknown): boolean =>
  index.fits(x) || (Array.isArray(x) && x.length === 2 && x.every(index.fits));

const BORDERS: Readonly<Record<Dimensions, Kind<never>>> = {
  1: { says: "a whole number of 0 or more, or [before, after]", fits: isSide },
  2: {
    says: "a whole number of 0 or more, or one or [before, after] for each of two axes",
    fits: (x) => index.fits(x) || (Array.isArray(x) && x.length === 2 && x.every(isSide)),
  },
  3: {
    says: "a whole number of 0 or more, or one or [before, after] for each of three axes",
    fits: (x) => index.fits(x) || (Array.isArray(x) && x.length === 3 && x.every(isSide)),
  },
};

const signature = (name: string, dimensions: Dimensions): LayerSignature<LayerOptions> => ({
  leading: { [name]: BORDERS[dimensions] },
  options: LAYER,
});
export const ZERO_PADDING1D: LayerSignature<LayerOptions> = signature("padding", 1);
export const ZERO_PADDING2D: LayerSignature<LayerOptions> = signature("padding", 2);
export const ZERO_PADDING3D: LayerSignature<LayerOptions> = signature("padding", 3);
export const CROPPING1D: LayerSignature<LayerOptions> = signature("cropping", 1);
export const CROPPING2D: LayerSignature<LayerOptions> = signature("cropping", 2);
export const CROPPING3D: LayerSignature<LayerOptions> = signature("cropping", 3);

/**
 * [t, c] to [before + t + after, c]: zeros at both ends, as Keras's ZeroPadding1D.
 * @throws ArgumentError for what is no number of zeros
 * @throws ShapeError for examples of another rank
 */
export function zeroPadding1d<const I extends Shape = any>(
  padding: Border1d = 1,
  options: LayerOptions<I> = {},
): Layer<SameChannels<1, "zeroPadding1d">, InputShape<I>> {
  expectSignature("zeroPadding1d", ZERO_PADDING1D, [padding], options);
  return padded("zeroPadding1d", 1, padding, options);
}

/** [h, w, c] to [top + h + bottom, left + w + right, c], as Keras's ZeroPadding2D. @throws as zeroPadding1d */
export function zeroPadding2d<const I extends Shape = any>(
  padding: Border2d = 1,
  options: LayerOptions<I> = {},
): Layer<SameChannels<2, "zeroPadding2d">, InputShape<I>> {
  expectSignature("zeroPadding2d", ZERO_PADDING2D, [padding], options);
  return padded("zeroPadding2d", 2, padding, options);
}

/** [d, h, w, c] with zeros on all six sides, as Keras's ZeroPadding3D. @throws as zeroPadding1d */
export function zeroPadding3d<const I extends Shape = any>(
  padding: Border3d = 1,
  options: LayerOptions<I> = {},
): Layer<SameChannels<3, "zeroPadding3d">, InputShape<I>> {
  expectSignature("zeroPadding3d", ZERO_PADDING3D, [padding], options);
  return padded("zeroPadding3d", 3, padding, options);
}

/**
 * [t, c] to [t - before - after, c]: steps are cut off at both ends, as Keras's Cropping1D.
 * @throws ArgumentError for what is no number of steps
 * @throws ShapeError for examples of another rank, and where nothing would be left
 */
export function cropping1d<const I extends Shape = any>(
  cropping: Border1d = 1,
  options: LayerOptions<I> = {},
): Layer<SameChannels<1, "cropping1d">, InputShape<I>> {
  expectSignature("cropping1d", CROPPING1D, [cropping], options);
  return cropped("cropping1d", 1, cropping, options);
}

/** [h, w, c] without a border, as Keras's Cropping2D. @throws as cropping1d */
export function cropping2d<const I extends Shape = any>(
  cropping: Border2d = 1,
  options: LayerOptions<I> = {},
): Layer<SameChannels<2, "cropping2d">, InputShape<I>> {
  expectSignature("cropping2d", CROPPING2D, [cropping], options);
  return cropped("cropping2d", 2, cropping, options);
}

/** [d, h, w, c] without what lies near the six sides, as Keras's Cropping3D. @throws as cropping1d */
export function cropping3d<const I extends Shape = any>(
  cropping: Border3d = 1,
  options: LayerOptions<I> = {},
): Layer<SameChannels<3, "cropping3d">, InputShape<I>> {
  expectSignature("cropping3d", CROPPING3D, [cropping], options);
  return cropped("cropping3d", 3, cropping, options);
}

type Border = Border1d | Border2d | Border3d;

/** [before, after] of each axis. */
function sidesOf(border: Border, dimensions: Dimensions): Pair[] {
  const each = (side: Border1d): Pair => (typeof side === "number" ? [side, side] : side);
  if (typeof border === "number") return new Array<Pair>(dimensions).fill([border, border]);
  return dimensions === 1 ? [border as Pair] : (border as readonly Border1d[]).map(each);
}

function padded(
  kind: string,
  dimensions: Dimensions,
  padding: Border,
  options: LayerOptions,
): Layer<any, any> {
  const sides = sidesOf(padding, dimensions);
  const around = (end: 0 | 1) => [0, ...sides.map((side) => side[end]), 0];
  const interior = around(0).map(() => 0);
  return withoutParameters({
    kind,
    spec: specOf(kind, { padding, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes(kind, input, AXES_OF[dimensions]);
      return input.map((n, axis) => n + (sides[axis]?.[0] ?? 0) + (sides[axis]?.[1] ?? 0));
    },
    map: (x: Tensor) => prims.pad(x, { low: around(0), high: around(1), interior }),
  });
}

function cropped(
  kind: string,
  dimensions: Dimensions,
  cropping: Border,
  options: LayerOptions,
): Layer<any, any> {
  const sides = sidesOf(cropping, dimensions);
  return withoutParameters({
    kind,
    spec: specOf(kind, { cropping, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes(kind, input, AXES_OF[dimensions]);
      const left = input.map((n, i) => n - (sides[i]?.[0] ?? 0) - (sides[i]?.[1] ?? 0));
      if (left.every((n, axis) => n > 0 || input[axis] === 0)) return left;
      throw new ShapeError(
        `${kind}: cropping ${JSON.stringify(cropping)} leaves nothing of an example ${showShape(input)}`,
      );
    },
    map: (x: Tensor) => {
      const { shape } = x.type;
      const side = (axis: number, end: 0 | 1) => sides[axis - 1]?.[end] ?? 0;
      return prims.slice(x, {
        start: shape.map((_, axis) => side(axis, 0)),
        end: shape.map((n, axis) => n - side(axis, 1)),
        step: shape.map(() => 1),
      });
    },
  });
}
