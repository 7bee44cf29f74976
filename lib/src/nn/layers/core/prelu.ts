// Parametric ReLU: the slope left of 0 is learnt, one for each channel.

import { finite } from "../../../checks/arguments.ts";
import { type Shape, sizeOf } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { full } from "../../../tensor/create.ts";
import { add, maximum, minimum, mul } from "../../../tensor/elementwise.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf } from "../layer.ts";

/** Options of prelu(). */
export interface PreluOptions extends LayerOptions {
  /** The slope at first; 0.25 by default, as He et al. (2015) start. */
  readonly alpha?: number;
}

export const PRELU: LayerSignature<PreluOptions> = {
  leading: {},
  options: { alpha: finite, ...LAYER },
};

/** max(0, x) + a min(0, x), with a learnt slope a for each element of the last axis. */
export function prelu(options: PreluOptions = {}): Layer<Identity> {
  expectSignature("prelu", PRELU, [], options);
  const { alpha = 0.25 } = options;
  const shapes = (input: Shape) => ({ alpha: [sizeOf(input.slice(-1))] });
  return {
    kind: "prelu",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("prelu", options),
    outputShape: (input) => input,
    weights: [],
    shapes,
    init: (_key, input, dtype) => {
      return { params: { alpha: full(shapes(input).alpha, alpha, dtype) }, state: {} };
    },
    apply: ({ params, state }, input, { watch }) => {
      const x = watch ? watch(input, null) : input;
      const slope = params["alpha"] as Tensor;
      const left: Tensor = mul(slope, minimum(0, x)); // a tie counts as x: at 0 the slope is a
      return { y: add(maximum(x, 0), left), state };
    },
  };
}
