// The fully connected layer: y = f(x W + b).

import { count } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { showShape } from "../../../ir/shape.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { matmul } from "../../../tensor/linear.ts";
import { expectSignature, LAYER, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, specOf } from "../layer.ts";
import { WEIGHTED, type WeightedOptions, weighted } from "./weighted.ts";

/** Options of dense(). */
export type DenseOptions<I extends Shape> = WeightedOptions<I>;

export const DENSE: LayerSignature<DenseOptions<any>> = {
  leading: { units: count },
  options: { ...WEIGHTED, ...LAYER },
};

/** The last axis becomes `Units`. */
export interface Dense<Units extends number> extends Fn {
  readonly out: DenseOut<this["in"], Units>;
}

type DenseOut<S, Units extends number> = S extends Shape
  ? number extends S["length"]
    ? any
    : S extends readonly [...infer Init extends Shape, number]
      ? [...Init, Units]
      : "dense: expected at least one axis, received []"
  : never;

/**
 * [..., in] to [..., units]: activation(x w + b) (Nielsen, chapter 2; NNDL, section 4.3). Parameters w [in, units] and b [units].
 * @throws ArgumentError unless units is a whole number above 0
 */
export function dense<const N extends number, const I extends Shape = any>(
  units: N,
  options: DenseOptions<I> = {},
): Layer<Dense<N>, InputShape<I>> {
  expectSignature("dense", DENSE, [units], options);
  return {
    kind: "dense",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("dense", { units, ...options }),
    outputShape: (input) => {
      if (input.length === 0) {
        throw new ShapeError(`dense: expected at least one axis, received ${showShape(input)}`);
      }
      return [...input.slice(0, -1), units];
    },
    ...weighted(
      units,
      options,
      (input) => [input.at(-1)!, units],
      (x, w) => matmul(x, w),
    ),
  };
}
