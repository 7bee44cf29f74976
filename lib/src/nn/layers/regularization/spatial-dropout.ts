// Dropout of whole channels (Tompson et al. 2015): neighbours tell of each other, so that one alone is
// hardly missed.

import { share } from "../../../checks/arguments.ts";
import type { Shape } from "../../../shapes/index.ts";
import { cast, mul } from "../../../tensor/elementwise.ts";
import { bernoulli } from "../../../tensor/random.ts";
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

export const SPATIAL_DROPOUT: LayerSignature<LayerOptions> = {
  leading: { p: share },
  options: LAYER,
};

/**
 * [t, c]: in training each channel of each example is dropped with probability p, and what is kept divided
 * by 1 - p, as Keras's SpatialDropout1D.
 * @throws ArgumentError unless 0 <= p < 1
 * @throws ShapeError for examples of another rank
 */
export function spatialDropout1d<const I extends Shape = any>(
  p: number,
  options: LayerOptions<I> = {},
): Layer<SameChannels<1, "spatialDropout1d">, InputShape<I>> {
  return ofChannels("spatialDropout1d", 1, p, options);
}

/** As spatialDropout1d, of images [h, w, c] (Keras's SpatialDropout2D). */
export function spatialDropout2d<const I extends Shape = any>(
  p: number,
  options: LayerOptions<I> = {},
): Layer<SameChannels<2, "spatialDropout2d">, InputShape<I>> {
  return ofChannels("spatialDropout2d", 2, p, options);
}

/** As spatialDropout1d, of volumes [d, h, w, c] (Keras's SpatialDropout3D). */
export function spatialDropout3d<const I extends Shape = any>(
  p: number,
  options: LayerOptions<I> = {},
): Layer<SameChannels<3, "spatialDropout3d">, InputShape<I>> {
  return ofChannels("spatialDropout3d", 3, p, options);
}

function ofChannels(
  kind: string,
  dimensions: Dimensions,
  p: number,
  options: LayerOptions,
): Layer<any, any> {
  expectSignature(kind, SPATIAL_DROPOUT, [p], options);
  return withoutParameters({
    kind,
    spec: specOf(kind, { p, ...options }),
    options,
    outputShape: (input) => {
      expectExampleAxes(kind, input, AXES_OF[dimensions]);
      return input;
    },
    map: (x, { training, key }) => {
      if (!training || p === 0) return x;
      const { shape } = x.type;
      const channels = shape.map((n, axis) => (axis === 0 || axis === shape.length - 1 ? n : 1));
      return mul(x, mul(cast(bernoulli(key, 1 - p, channels), x.dtype), 1 / (1 - p)));
    },
  });
}
