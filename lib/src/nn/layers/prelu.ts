// Parametric ReLU: the slope left of 0 is learnt, one for each channel.

import { sizeOf } from "../../ir/shape.ts";
import type { Identity } from "../../ir/shape-types/index.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { full } from "../../tensor/create.ts";
import { add, maximum, minimum, mul } from "../../tensor/elementwise.ts";
import { type Layer, type LayerOptions, specOf } from "./layer.ts";

export interface PreluOptions extends LayerOptions {
  /** The slope at first; 0.25 by default, as He et al. (2015) start. */
  readonly alpha?: number;
}

/** max(0, x) + a min(0, x), with a learnt slope a for each element of the last axis. */
export function prelu(options: PreluOptions = {}): Layer<Identity> {
  const { alpha = 0.25 } = options;
  return {
    kind: "prelu",
    name: options.name,
    inputShape: options.inputShape,
    spec: specOf("prelu", options),
    outputShape: (input) => input,
    init: (_key, input, dtype) => {
      const channels = sizeOf(input.slice(-1));
      return { params: { alpha: full([channels], alpha, dtype) as Tensor }, state: {} };
    },
    apply: ({ params, state }, x) => {
      const slope = params["alpha"] as Tensor;
      const left: Tensor = mul(slope, minimum(0, x)); // a tie counts as x: at 0 the slope is a
      return { y: add(maximum(x, 0) as Tensor, left), state };
    },
  };
}
