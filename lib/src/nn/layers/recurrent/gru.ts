// The gated recurrent unit (Cho et al. 2014).

import { flag } from "../../../checks/arguments.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Shape } from "../../../shapes/index.ts";
import { add, mul, sub } from "../../../tensor/elementwise.ts";
import { split } from "../../../tensor/joining.ts";
import { matmul } from "../../../tensor/linear.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import { expectSignature, type LayerSignature, nameOption } from "../arguments.ts";
import { singleActivation } from "../core/weighted.ts";
import type { InputShape, Layer } from "../layer.ts";
import {
  type Cell,
  fromState,
  RECURRENT,
  type Recurrent,
  type RecurrentOptions,
  recurrent,
} from "./recurrent.ts";

/** Options of gru(). */
export interface GruOptions<Q extends boolean = boolean, I extends Shape = any>
  extends RecurrentOptions<Q, I> {
  /** Of the gates; "sigmoid" by default. */
  readonly recurrentActivation?: ActivationSpec;
  /**
   * True (default, as Keras, cuDNN and PyTorch): r acts on h U_h + b'. False (Cho et al. 2014): r acts
   * on h before U_h, and the state has no bias of its own.
   */
  readonly resetAfter?: boolean;
}

export const GRU: LayerSignature<GruOptions> = {
  leading: RECURRENT.leading,
  options: { ...RECURRENT.options, recurrentActivation: nameOption, resetAfter: flag },
};

/**
 * [t, in] to [units], or to [t, units] with returnSequences, as Keras's GRU. With blocks of columns
 * in the order z, r, h: z = sigmoid(x W_z + h U_z + b), r likewise,
 * candidate = tanh(x W_h + b + r (h U_h + b')), h' = z h + (1 - z) candidate.
 * Parameters w [in, 3 units], wRecurrent [units, 3 units], b and bRecurrent [3 units] (the two rows
 * of Keras's bias); without resetAfter there is no bRecurrent.
 * Of a sequence of no steps the output is the first state, zero.
 * @throws ArgumentError unless units is a whole number above 0
 * @throws ShapeError for examples of another rank
 */
export function gru<const N extends number, Q extends boolean = false, const I extends Shape = any>(
  units: N,
  options: GruOptions<Q, I> = {},
): Layer<Recurrent<"gru", N, Q>, InputShape<I>> {
  expectSignature("gru", GRU, [units], options);
  const { resetAfter = true } = options;
  const f = singleActivation("gru", options.activation ?? "tanh").apply;
  const gate = singleActivation("gru", options.recurrentActivation ?? "sigmoid").apply;
  const step = resetAfter ? resettingAfter(f, gate) : resettingBefore(f, gate);
  return recurrent("gru", units, options, {
    gates: 3,
    states: 1,
    recurrentBias: resetAfter,
    step,
  });
}

type Apply = (x: Tensor) => Tensor;

function resettingAfter(f: Apply, gate: Apply): Cell["step"] {
  return (params) =>
    ([h], fromInput) => {
      const [xz, xr, xh] = split(fromInput, 3, -1);
      const [hz, hr, hh] = split(fromState(h!, params), 3, -1);
      const z = gate(add(xz!, hz!));
      const r = gate(add(xr!, hr!));
      return [mix(z, h!, f(add(xh!, mul(r, hh!))))];
    };
}

function resettingBefore(f: Apply, gate: Apply): Cell["step"] {
  return ({ wRecurrent }) => {
    const [uz, ur, uh] = split(wRecurrent, 3, -1);
    return ([h], fromInput) => {
      const [xz, xr, xh] = split(fromInput, 3, -1);
      const z = gate(add(xz!, matmul(h!, uz!)));
      const r = gate(add(xr!, matmul(h!, ur!)));
      const reset = mul(r, h!);
      return [mix(z, h!, f(add(xh!, matmul(reset, uh!))))];
    };
  };
}

/** z old + (1 - z) fresh. */
function mix(z: Tensor, old: Tensor, fresh: Tensor): Tensor {
  const kept = mul(z, old);
  return add(kept, mul(sub(1, z), fresh));
}
