// Layer normalisation (Ba et al. 2016), and RMS normalisation (Zhang and Sennrich 2019), over the features.

import { flag, positive } from "../../../checks/arguments.ts";
import type { Identity } from "../../../shapes/index.ts";
import { add, div, sqrt, square } from "../../../tensor/elementwise.ts";
import { mean } from "../../../tensor/reduce.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf } from "../layer.ts";
import {
  affine,
  EPSILON,
  momentsAlong,
  NORMALIZATION,
  type NormalizationOptions,
  standardized,
} from "./normalize.ts";

export const LAYER_NORMALIZATION: LayerSignature<NormalizationOptions> = {
  leading: {},
  options: { ...NORMALIZATION, ...LAYER },
};

/**
 * scale (x - mean) / sqrt(variance + epsilon) + offset, mean and variance over the last axis of each
 * example by itself, as Keras's LayerNormalization: the same in training and after it. Parameters scale
 * and offset [features], which a regularizer leaves alone.
 * @throws ArgumentError for an epsilon that is not above 0
 * @throws ShapeError for an example without features
 */
export function layerNormalization(options: NormalizationOptions = {}): Layer<Identity> {
  expectSignature("layerNormalization", LAYER_NORMALIZATION, [], options);
  const { epsilon = EPSILON } = options;
  const { apply, ...rest } = affine("layerNormalization", options);
  return {
    kind: "layerNormalization",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("layerNormalization", options),
    ...rest,
    apply: ({ params, state }, x) => {
      return { y: apply(params, standardized(x, momentsAlong(x, [x.rank - 1]), epsilon)), state };
    },
  };
}

/** Options of rmsNormalization(). */
export interface RmsNormalizationOptions extends LayerOptions {
  /** Added to the mean square, so that nothing is divided by 0; 1e-6 by default, as in Keras. */
  readonly epsilon?: number;
  /** False leaves out the learnt factor of each feature, 1 at first. */
  readonly scale?: boolean;
}

export const RMS_NORMALIZATION: LayerSignature<RmsNormalizationOptions> = {
  leading: {},
  options: { epsilon: positive, scale: flag, ...LAYER },
};

/**
 * scale x / sqrt(mean(x^2) + epsilon), the mean over the last axis, as Keras's RMSNormalization.
 * Parameter scale [features], which a regularizer leaves alone.
 * @throws ArgumentError for an epsilon that is not above 0
 * @throws ShapeError for an example without features
 */
export function rmsNormalization(options: RmsNormalizationOptions = {}): Layer<Identity> {
  expectSignature("rmsNormalization", RMS_NORMALIZATION, [], options);
  const { epsilon = 1e-6 } = options;
  const { apply, ...rest } = affine("rmsNormalization", { ...options, offset: false });
  return {
    kind: "rmsNormalization",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("rmsNormalization", options),
    ...rest,
    apply: ({ params, state }, x) => {
      const root = sqrt(add(mean(square(x), [x.rank - 1], true), epsilon));
      return { y: apply(params, div(x, root)), state };
    },
  };
}
