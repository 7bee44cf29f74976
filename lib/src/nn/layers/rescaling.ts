// The first layer of a model that reads bytes: to floats, and to their range.

import type { Identity } from "../../ir/shape-types/index.ts";
import type { Tensor } from "../../runtime/tensor.ts";
import { add, cast, mul } from "../../tensor/elementwise.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "./layer.ts";

/** Numbers of any type to floats, times a scale, plus an offset: bytes to 0..1 by 1/255. */
export function rescaling(
  scale: number,
  options: LayerOptions & { readonly offset?: number; readonly dtype?: "float32" | "float64" } = {},
): Layer<Identity> {
  const { offset = 0, dtype = "float32" } = options;
  return withoutParameters<Identity>({
    kind: "rescaling",
    spec: specOf("rescaling", { scale, ...options }),
    options,
    outputShape: (input) => input,
    map: (x) => {
      const scaled: Tensor = mul(cast(x, dtype), scale);
      return offset === 0 ? scaled : add(scaled, offset);
    },
  });
}
