// The first layer of a model that reads bytes: to floats, and to their range.

import { finite, type Kind, oneOf } from "../../../checks/arguments.ts";
import type { Identity } from "../../../shapes/index.ts";
import { add, cast, mul } from "../../../tensor/elementwise.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";

/** Options of rescaling(). */
export interface RescalingOptions extends LayerOptions {
  /** Added after the multiplication; 0 by default. */
  readonly offset?: number;
  readonly dtype?: "float32" | "float64";
}

/** Times 0 all examples are alike. */
const factor: Kind<number> = {
  says: "a finite number other than 0",
  fits: (value) => finite.fits(value) && value !== 0,
};

export const RESCALING: LayerSignature<RescalingOptions> = {
  leading: { scale: factor },
  options: { offset: finite, dtype: oneOf("float32", "float64"), ...LAYER },
};

/** [...] to the same: x scale + offset in floats, of numbers of any type, as Keras's Rescaling: bytes to 0..1 by 1/255. */
export function rescaling(scale: number, options: RescalingOptions = {}): Layer<Identity> {
  expectSignature("rescaling", RESCALING, [scale], options);
  const { offset = 0, dtype = "float32" } = options;
  return withoutParameters<Identity>({
    kind: "rescaling",
    spec: specOf("rescaling", { scale, ...options }),
    options,
    outputShape: (input) => input,
    map: (x) => {
      const scaled = mul(cast(x, dtype), scale);
      return offset === 0 ? scaled : add(scaled, offset);
    },
  });
}
