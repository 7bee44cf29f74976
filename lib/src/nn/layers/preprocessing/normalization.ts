// Numbers scaled by a mean and a variance that were measured before, as Keras's Normalization.

import {
  either,
  expectOptions,
  finite,
  type Kind,
  listOf,
  notNegative,
} from "../../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { fromData } from "../../../tensor/create.ts";
import { cast, div, sub } from "../../../tensor/elementwise.ts";
import { LAYER, type LayerSignature } from "../arguments.ts";
import {
  type FloatDType,
  type Layer,
  type LayerOptions,
  specOf,
  withoutParameters,
} from "../layer.ts";
import { type Measured, measured } from "./measured.ts";

/** What numbers are scaled by: one for all, or one for each element of the last axis. */
export interface MeanAndVariance {
  readonly mean: number | readonly number[];
  readonly variance: number | readonly number[];
}

/** Options of normalization(). */
export interface NormalizationLayerOptions extends LayerOptions, MeanAndVariance {}

export const MEASURED_NORMALIZATION: LayerSignature<NormalizationLayerOptions> = {
  leading: {},
  options: {
    mean: either(finite, listOf(finite)),
    variance: either(notNegative, listOf(notNegative)) as Kind<never>,
    ...LAYER,
  },
};

/** Where all numbers were alike: keeps the quotient finite, as in Keras. */
const LEAST_DEVIATION = 1e-7;

/**
 * [..., features] to the same: (x - mean) / max(sqrt(variance), 1e-7), as Keras's Normalization. Neither is
 * learnt: `adaptNormalization(data)` measures them, as in normalization(adaptNormalization(xTrain)).
 * @throws ArgumentError for a variance below 0, and lists of different lengths
 */
export function normalization(options: NormalizationLayerOptions): Layer<Identity> {
  expectOptions("normalization", options, MEASURED_NORMALIZATION.options, ["mean", "variance"]);
  const [mean, variance] = [listed(options.mean), listed(options.variance)];
  if (mean.length !== variance.length || mean.length === 0) {
    throw new ArgumentError(
      `normalization: expected as many variances as means, received ${variance.length} and ${mean.length}`,
    );
  }
  const deviation = variance.map((one) => Math.max(Math.sqrt(one), LEAST_DEVIATION));
  return withoutParameters<Identity>({
    kind: "normalization",
    spec: specOf("normalization", options),
    options,
    keepsMask: true,
    outputShape: (input) => {
      if (mean.length === 1 || input.at(-1) === mean.length) return input;
      throw new ShapeError(
        `normalization: expected ${mean.length} features, as there are means, received ${showShape(input)}`,
      );
    },
    map: (x) => {
      const floats = isFloat(x.dtype) ? x : cast(x, "float32");
      return div(sub(floats, along(mean, floats)), along(deviation, floats));
    },
  });
}

const listed = (value: number | readonly number[]) => (typeof value === "number" ? [value] : value);

function along(values: readonly number[], { dtype }: Tensor): Tensor {
  return fromData(Float64Array.from(values), [values.length], "float64").cast(dtype as FloatDType);
}

/**
 * Mean and variance of each element of the last axis over all others, NaN left out: what `normalization` takes.
 * @throws ArgumentError for what is no array, and for a feature without numbers
 */
export function adaptNormalization(data: Measured): { mean: number[]; variance: number[] } {
  const { values, width } = measured("adaptNormalization", data);
  const counts = new Float64Array(width);
  const each = (f: (x: number, feature: number) => void) => {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isNaN(values[i])) f(values[i]!, i % width);
    }
  };
  const sums = new Float64Array(width);
  each((x, feature) => {
    counts[feature]!++;
    sums[feature]! += x;
  });
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new ArgumentError(`adaptNormalization: feature ${empty} has no numbers to measure`);
  }
  const mean = sums.map((sum, feature) => sum / counts[feature]!);
  const squares = new Float64Array(width);
  each((x, feature) => {
    squares[feature]! += (x - mean[feature]!) ** 2;
  });
  return {
    mean: [...mean],
    variance: Array.from(squares, (sum, feature) => sum / counts[feature]!),
  };
}
