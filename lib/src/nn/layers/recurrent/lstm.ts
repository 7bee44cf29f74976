// Long short-term memory (Hochreiter and Schmidhuber 1997) with a forget gate (Gers et al. 2000).

import { flag } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { onesLike } from "../../../tensor/create.ts";
import { add, mul } from "../../../tensor/elementwise.ts";
import { concat, split } from "../../../tensor/joining.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import { expectSignature, type LayerSignature, nameOption } from "../arguments.ts";
import { singleActivation } from "../core/weighted.ts";
import type { InputShape, Layer } from "../layer.ts";
import {
  fromState,
  RECURRENT,
  type Recurrent,
  type RecurrentOptions,
  recurrent,
} from "./recurrent.ts";

/** Options of lstm(). */
export interface LstmOptions<Q extends boolean = boolean, I extends Shape = any>
  extends RecurrentOptions<Q, I> {
  /** Of the gates; "sigmoid" by default. */
  readonly recurrentActivation?: ActivationSpec;
  /** True (default): the biases of the forget gate start at 1 (Jozefowicz et al. 2015). */
  readonly unitForgetBias?: boolean;
}

export const LSTM: LayerSignature<LstmOptions> = {
  leading: RECURRENT.leading,
  options: { ...RECURRENT.options, recurrentActivation: nameOption, unitForgetBias: flag },
};

/**
 * [t, in] to [units], or to [t, units] with returnSequences, as Keras's LSTM. With z = x W + h U + b
 * in four blocks of columns, in the order i, f, c, o:
 * c' = sigmoid(z_f) c + sigmoid(z_i) tanh(z_c) and h' = sigmoid(z_o) tanh(c').
 * Parameters w [in, 4 units], wRecurrent [units, 4 units] and b [4 units].
 * Of a sequence of no steps the output is the first state, zero.
 * @throws ArgumentError unless units is a whole number above 0
 * @throws ShapeError for examples of another rank
 */
export function lstm<
  const N extends number,
  Q extends boolean = false,
  const I extends Shape = any,
>(units: N, options: LstmOptions<Q, I> = {}): Layer<Recurrent<"lstm", N, Q>, InputShape<I>> {
  expectSignature("lstm", LSTM, [units], options);
  const { unitForgetBias = true } = options;
  const f = singleActivation("lstm", options.activation ?? "tanh");
  const gate = singleActivation("lstm", options.recurrentActivation ?? "sigmoid");
  return recurrent("lstm", units, options, {
    gates: 4,
    states: 2,
    startBias: (b) => (unitForgetBias ? withForgetBias(b) : b),
    step:
      (params) =>
      ([h, c], fromInput) => {
        const [zi, zf, zc, zo] = split(add(fromInput, fromState(h!, params)), 4, -1);
        const kept = mul(gate.apply(zf!), c!);
        const memory = add(kept, mul(gate.apply(zi!), f.apply(zc!)));
        return [mul(gate.apply(zo!), f.apply(memory)), memory];
      },
  });
}

function withForgetBias(b: Tensor): Tensor {
  const [i, f, c, o] = split(b, 4);
  return concat([i!, onesLike(f!), c!, o!]);
}
