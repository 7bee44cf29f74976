// Dropout: in training, random elements are put to zero, in one of two conventions.

import { oneOf, share } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { cast, mul } from "../../../tensor/elementwise.ts";
import { bernoulli } from "../../../tensor/random.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";

/** Options of dropout(). */
export interface DropoutOptions extends LayerOptions {
  /**
   * "inverted" (default, as Keras and PyTorch): what is kept is divided by 1 - p in training.
   * "original" (Hinton et al. 2012, and Nielsen's network3): everything is multiplied by 1 - p at test
   * time instead.
   */
  readonly convention?: "inverted" | "original";
}

export const DROPOUT: LayerSignature<DropoutOptions> = {
  leading: { p: share },
  options: { convention: oneOf("inverted", "original"), ...LAYER },
};

/**
 * [...] to the same. In training each element becomes 0 with probability p (Srivastava et al. 2014); what is kept is
 * divided by 1 - p ("inverted", as Keras and PyTorch), or all are multiplied by it outside training ("original").
 * @throws ArgumentError unless 0 <= p < 1
 */
export function dropout(p: number, options: DropoutOptions = {}): Layer<Identity> {
  expectSignature("dropout", DROPOUT, [p], options);
  const { convention = "inverted" } = options;
  return withoutParameters<Identity>({
    kind: "dropout",
    spec: specOf("dropout", { p, ...options }),
    options,
    keepsMask: true,
    outputShape: (input) => input,
    map: (x: Tensor, { training, key }) => {
      if (p === 0) return x;
      if (!training) return convention === "original" ? mul(x, 1 - p) : x;
      const kept = mul(x, cast(bernoulli(key, 1 - p, x.type.shape), x.dtype));
      return convention === "inverted" ? mul(kept, 1 / (1 - p)) : kept;
    },
  });
}
