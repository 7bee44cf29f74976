// Embeddings: a row that is learnt for each word, or whatever is numbered.

import { count, flag } from "../../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../../checks/errors.ts";
import { isFloat } from "../../../ir/dtype.ts";
import { showShape } from "../../../ir/shape.ts";
import { prims } from "../../../runtime/interpreter/apply.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Fn, Shape } from "../../../shapes/index.ts";
import { equal, notEqual, where } from "../../../tensor/comparison.ts";
import { cast, floor } from "../../../tensor/elementwise.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../../initializers/index.ts";
import { expectSignature, LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { type InputShape, type Layer, type LayerOptions, specOf } from "../layer.ts";

/** Each number becomes `Units` of them. */
export interface Embedding<Units extends number> extends Fn {
  readonly out: this["in"] extends infer S extends Shape
    ? number extends S["length"]
      ? any
      : [...S, Units]
    : never;
}

/** Options of embedding(). */
export interface EmbeddingOptions<I extends Shape = any> extends LayerOptions<I> {
  /** How the rows start; uniform between -0.05 and 0.05 by default, as in Keras. */
  readonly weights?: InitializerSpec;
  /** True: a 0 is padding. Layers that read masks leave its step out. */
  readonly maskZero?: boolean;
}

export const EMBEDDING: LayerSignature<EmbeddingOptions> = {
  leading: { size: count, units: count },
  options: { weights: nameOption, maskZero: flag, ...LAYER },
};

/**
 * [...] to [..., units]: whole numbers from 0 to size - 1, in any element type, to rows of the parameter
 * w [size, units], as Keras's Embedding. Only the rows that a batch names have a gradient. w is a weight:
 * a regularizer sees all rows. With maskZero, steps of the number 0 are masked for the layers after it:
 * recurrent ones and attention leave them out, and layers that keep steps apart hand the mask on; the loss
 * does not.
 * @throws ArgumentError unless size and units are whole numbers above 0; and where it is applied, for a
 * number that is not whole or has no row
 */
export function embedding<const N extends number, const I extends Shape = any>(
  size: number,
  units: N,
  options: EmbeddingOptions<I> = {},
): Layer<Embedding<N>, InputShape<I>> {
  expectSignature("embedding", EMBEDDING, [size, units], options);
  const initial = initializerOf(options.weights ?? { name: "uniform", low: -0.05, high: 0.05 });
  const { maskZero = false } = options;
  const shape = [size, units];
  return {
    kind: "embedding",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf("embedding", { size, units, ...options }),
    outputShape: (input) => {
      if (maskZero && input.length !== 1) {
        throw new ShapeError(
          `embedding: maskZero wants examples [steps], received ${showShape(input)}`,
        );
      }
      return [...input, units];
    },
    weights: ["w"],
    shapes: () => ({ w: shape }),
    init: (key, _input, dtype) => {
      return { params: { w: initial.init(key, shape, fansOf(shape), dtype) }, state: {} };
    },
    apply: ({ params, state }, x) => {
      const y = prims.gather(params["w"] as Tensor, rowsOf(x, size));
      return maskZero ? { y, state, mask: notEqual(x, 0) } : { y, state };
    },
  };
}

/** x as int32. What is known is looked at here; what is traced, by the program that runs it. */
function rowsOf(x: Tensor, size: number): Tensor {
  const { known } = x.read().parts;
  const wrong =
    known && Array.prototype.find.call(known, (v) => !(v >= 0 && v < size && v % 1 === 0));
  if (wrong !== undefined) {
    throw new ArgumentError(
      `embedding: expected whole numbers from 0 to ${size - 1}, received ${Number(wrong)}`,
    );
  }
  const whole = cast(x, "int32");
  // No row is between two others: -1 is refused.
  return isFloat(x.dtype) ? where(equal(floor(x), x), whole, -1) : whole;
}
