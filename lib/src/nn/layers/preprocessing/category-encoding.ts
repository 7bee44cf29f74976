// Numbers of categories to ones and counts, as Keras's CategoryEncoding.

import { count, oneOf } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { equal, greater } from "../../../tensor/comparison.ts";
import { cast } from "../../../tensor/elementwise.ts";
import { expandDims, squeeze } from "../../../tensor/movement.ts";
import { sum } from "../../../tensor/reduce.ts";
import { arange } from "../../../tensor/sequences.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";

/** Options of categoryEncoding(). */
export interface CategoryEncodingOptions extends LayerOptions {
  /**
   * "multiHot" (the default): a one for each category that is among the numbers of an example; "count": how
   * often it is; "oneHot": a row for each number.
   */
  readonly encoding?: "multiHot" | "oneHot" | "count";
  readonly dtype?: "float32" | "float64";
}

export const CATEGORY_ENCODING: LayerSignature<CategoryEncodingOptions> = {
  leading: { categories: count },
  options: {
    encoding: oneOf("multiHot", "oneHot", "count"),
    dtype: oneOf("float32", "float64"),
    ...LAYER,
  },
};

/**
 * Whole numbers from 0 to below `categories`, in any element type, to floats: [..., numbers] to [..., categories];
 * "oneHot" [...] to [..., categories], where a last axis of 1 goes, as in Keras's CategoryEncoding. A number that
 * is no category, as the -1 of `stringLookup` for what it does not know, counts for none.
 * @throws ArgumentError unless `categories` is a whole number above 0
 */
export function categoryEncoding(categories: number, options: CategoryEncodingOptions = {}): Layer {
  expectSignature("categoryEncoding", CATEGORY_ENCODING, [categories], options);
  const { encoding = "multiHot", dtype = "float32" } = options;
  return withoutParameters({
    kind: "categoryEncoding",
    spec: specOf("categoryEncoding", { categories, ...options }),
    options,
    outputShape: (input) => {
      if (encoding === "oneHot") {
        return [...(input.at(-1) === 1 ? input.slice(0, -1) : input), categories];
      }
      if (input.length > 0) return [...input.slice(0, -1), categories];
      throw new ShapeError(
        `categoryEncoding: expected at least one axis for "${encoding}", received ${showShape(input)}`,
      );
    },
    map: (x) => {
      if (encoding === "oneHot") {
        const isOne = x.rank > 1 && x.type.shape.at(-1) === 1;
        return ones(isOne ? squeeze(x, -1) : x);
      }
      const counts = sum(ones(x), -2);
      return encoding === "count" ? counts : cast(greater(counts, 0), dtype);
    },
  });

  /** [...] to [..., categories] */
  function ones(x: Tensor): Tensor {
    const places = arange(0, categories, 1, isFloat(x.dtype) ? x.dtype : "int32");
    const numbers = isFloat(x.dtype) ? x : cast(x, "int32");
    return cast(equal(expandDims(numbers, -1), places), dtype);
  }
}
