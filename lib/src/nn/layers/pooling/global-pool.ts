// Global pooling: one number for a whole channel.

import { oneOf } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape, Show } from "../../../shapes/index.ts";
import { max, mean } from "../../../tensor/reduce.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import {
  type InputShape,
  type Layer,
  type LayerOptions,
  specOf,
  withoutParameters,
} from "../layer.ts";

/** Shapes are unknown here: the types of `mean` and `max` would be worked out for nothing. */
type Pooling = (x: Tensor, axes: readonly number[]) => Tensor;
const POOLS: { readonly average: Pooling; readonly max: Pooling } = { average: mean, max };

export const GLOBAL_POOL: LayerSignature<LayerOptions> = {
  leading: { pool: oneOf("average", "max") },
  options: LAYER,
};

/** All axes but the last are pooled away. */
export interface GlobalPool extends Fn {
  readonly out: GlobalPoolOut<this["in"]>;
}

type GlobalPoolOut<S> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [number, ...Shape, infer C extends number]
      ? [C]
      : `globalPool: expected an example [..., channels] of two axes or more, received ${Show<S>}`
  : never;

/**
 * [..., c] to [c]: the average or the maximum of each channel over all other axes, as Keras's
 * GlobalAveragePooling and GlobalMaxPooling over sequences, images and volumes.
 * @throws ArgumentError for another name than these two
 * @throws ShapeError for examples of fewer than two axes
 */
export function globalPool<const I extends Shape = any>(
  pool: keyof typeof POOLS,
  options: LayerOptions<I> = {},
): Layer<GlobalPool, InputShape<I>> {
  expectSignature("globalPool", GLOBAL_POOL, [pool], options);
  return withoutParameters<GlobalPool, any>({
    kind: "globalPool",
    spec: specOf("globalPool", { pool, ...options }),
    options,
    outputShape: (input) => {
      if (input.length > 1) return input.slice(-1);
      throw new ShapeError(
        `globalPool: expected an example [..., channels] of two axes or more, ` +
          `received ${showShape(input)}`,
      );
    },
    map: (x) => POOLS[pool](x, x.type.shape.map((_, axis) => axis).slice(1, -1)),
  });
}
