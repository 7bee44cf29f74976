// Batch normalisation (Ioffe and Szegedy 2015): each feature by its mean and variance in the batch.

import { share } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { ones, zeros } from "../../../tensor/create.ts";
import { add, mul, stopGradient } from "../../../tensor/elementwise.ts";
import { reshape } from "../../../tensor/movement.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, specOf } from "../layer.ts";
import {
  affine,
  EPSILON,
  momentsAlong,
  NORMALIZATION,
  type NormalizationOptions,
  standardized,
} from "./normalize.ts";

/** Options of batchNormalization(). */
export interface BatchNormalizationOptions extends NormalizationOptions {
  /** How much of the running statistics each step keeps; 0.99 by default (PyTorch's momentum is 1 - this). */
  readonly momentum?: number;
}

export const BATCH_NORMALIZATION: LayerSignature<BatchNormalizationOptions> = {
  leading: {},
  options: { momentum: share, ...NORMALIZATION, ...LAYER },
};

/**
 * scale (x - mean) / sqrt(variance + epsilon) + offset for each element of the last axis, as Keras's
 * BatchNormalization. In training mean and variance are those of the batch, over all other axes, and the
 * running statistics move towards them; in evaluate() and predict() they are the running statistics. A
 * frozen layer takes these in training too, and keeps them, as in Keras. A
 * batch of one example [features] gives the offset, whatever goes in: batches want two examples or more.
 * Parameters scale and offset [features], state mean and variance [features]. A regularizer leaves all
 * of them alone.
 * @throws ArgumentError for a momentum outside 0 to below 1, or an epsilon that is not above 0
 * @throws ShapeError for an example without features
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): Layer<Identity> {
  expectSignature("batchNormalization", BATCH_NORMALIZATION, [], options);
  const { momentum = 0.99, epsilon = EPSILON } = options;
  const { apply, init, ...rest } = affine("batchNormalization", options);
  return {
    kind: "batchNormalization",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("batchNormalization", options),
    ...rest,
    init: (key, input, dtype) => {
      const features = input.slice(-1);
      const state = { mean: zeros(features, dtype), variance: ones(features, dtype) };
      return { ...init(key, input, dtype), state };
    },
    apply: ({ params, state }, x, { training, frozen = false }) => {
      const running = state as { mean: Tensor; variance: Tensor };
      if (!training || frozen)
        return { y: apply(params, standardized(x, running, epsilon)), state };
      const others = x.type.shape.map((_, axis) => axis).slice(0, -1);
      const statistics = momentsAlong(x, others);
      const moved = (name: keyof typeof running): Tensor => {
        const now = reshape(stopGradient(statistics[name]), x.type.shape.slice(-1));
        return add(mul(running[name], momentum), mul(now, 1 - momentum));
      };
      return {
        y: apply(params, standardized(x, statistics, epsilon)),
        state: { mean: moved("mean"), variance: moved("variance") },
      };
    },
  };
}
