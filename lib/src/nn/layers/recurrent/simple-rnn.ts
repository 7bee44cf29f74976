// The simple recurrent network (Elman 1990).

import type { Shape } from "../../../shapes/index.ts";
import { add } from "../../../tensor/elementwise.ts";
import { expectSignature } from "../arguments.ts";
import { singleActivation } from "../core/weighted.ts";
import type { InputShape, Layer } from "../layer.ts";
import {
  fromState,
  RECURRENT,
  type Recurrent,
  type RecurrentOptions,
  recurrent,
} from "./recurrent.ts";

/**
 * [t, in] to [units], or to [t, units] with returnSequences, as Keras's SimpleRNN:
 * h' = tanh(x W + h U + b). Parameters w [in, units], wRecurrent [units, units] and b [units].
 * Of a sequence of no steps the output is the first state, zero.
 * @throws ArgumentError unless units is a whole number above 0
 * @throws ShapeError for examples of another rank
 */
export function simpleRnn<
  const N extends number,
  Q extends boolean = false,
  const I extends Shape = any,
>(
  units: N,
  options: RecurrentOptions<Q, I> = {},
): Layer<Recurrent<"simpleRnn", N, Q>, InputShape<I>> {
  expectSignature("simpleRnn", RECURRENT, [units], options);
  const f = singleActivation("simpleRnn", options.activation ?? "tanh");
  return recurrent("simpleRnn", units, options, {
    gates: 1,
    states: 1,
    step:
      (params) =>
      ([h], fromInput) => [f.apply(add(fromInput, fromState(h!, params)))],
  });
}
