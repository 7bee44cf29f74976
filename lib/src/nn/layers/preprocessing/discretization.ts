// Numbers to the buckets that they fall into, as Keras's Discretization.

import { count, expectArgument, expectOptions, type Kind } from "../../../checks/arguments.ts";
import { ArgumentError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import type { Identity } from "../../../shapes/index.ts";
import { greaterEqual } from "../../../tensor/comparison.ts";
import { fromData } from "../../../tensor/create.ts";
import { cast } from "../../../tensor/elementwise.ts";
import { expandDims } from "../../../tensor/movement.ts";
import { sum } from "../../../tensor/reduce.ts";
import { quantileOfSorted, sortedNumbers } from "../../../tensor/statistics/sorted.ts";
import { LAYER, type LayerSignature } from "../arguments.ts";
import {
  type FloatDType,
  type Layer,
  type LayerOptions,
  specOf,
  withoutParameters,
} from "../layer.ts";
import { type Measured, measured } from "./measured.ts";

/** Options of discretization(). */
export interface DiscretizationOptions extends LayerOptions {
  /** Where one bucket ends and the next begins, rising; a number at a boundary is in the upper one. */
  readonly boundaries: readonly number[];
}

const rising: Kind<readonly number[]> = {
  says: "a list of one finite number or more, each above the one before",
  fits: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((x, i) => Number.isFinite(x) && (i === 0 || x > value[i - 1])),
};

export const DISCRETIZATION: LayerSignature<DiscretizationOptions> = {
  leading: {},
  options: { boundaries: rising, ...LAYER },
};

/**
 * [...] to the same: the number of the bucket, from 0 to the number of boundaries, as a float, which `embedding`
 * and `categoryEncoding` take; NaN falls into 0. As Keras's Discretization with bin_boundaries.
 * `adaptDiscretization(data, buckets)` finds boundaries with as many numbers in each bucket.
 * @throws ArgumentError for boundaries that do not rise
 */
export function discretization(options: DiscretizationOptions): Layer<Identity> {
  expectOptions("discretization", options, DISCRETIZATION.options, ["boundaries"]);
  const { boundaries } = options;
  return withoutParameters<Identity>({
    kind: "discretization",
    spec: specOf("discretization", options),
    options,
    keepsMask: true,
    outputShape: (input) => input,
    map: (x) => {
      const floats = isFloat(x.dtype) ? x : cast(x, "float32");
      const dtype = floats.dtype as FloatDType;
      const edges = fromData(Float64Array.from(boundaries), [boundaries.length], "float64");
      const passed = greaterEqual(expandDims(floats, -1), edges.cast(dtype));
      return sum(cast(passed, dtype), -1);
    },
  });
}

/**
 * Boundaries of buckets that hold as many numbers each, over all axes, NaN left out: quantiles between
 * neighbours in proportion. Fewer buckets come of it where many numbers are alike.
 * @throws ArgumentError for fewer than 2 buckets, and for data without numbers
 */
export function adaptDiscretization(data: Measured, buckets: number): { boundaries: number[] } {
  const { values } = measured("adaptDiscretization", data);
  expectArgument("adaptDiscretization", "buckets", buckets, {
    says: "a whole number of 2 or more",
    fits: (value) => count.fits(value) && value !== 1,
  });
  const sorted = sortedNumbers(values);
  if (sorted.length === 0) {
    throw new ArgumentError("adaptDiscretization: there are no numbers to measure");
  }
  const found = Array.from({ length: buckets - 1 }, (_, i) =>
    quantileOfSorted(sorted, (i + 1) / buckets),
  );
  return { boundaries: [...new Set(found)] };
}
