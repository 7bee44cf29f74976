// Activation functions as layers of their own.

import type { Identity } from "../../ir/shape-types/index.ts";
import { type ActivationSpec, activationOf } from "../activations/index.ts";
import { type Layer, type LayerOptions, NOTHING, specOf } from "./layer.ts";

/** f(x), element by element (softmax: over the last axis). */
export function activation(f: ActivationSpec, options: LayerOptions = {}): Layer<Identity> {
  const { name, apply } = activationOf(f);
  return {
    kind: "activation",
    name: options.name,
    inputShape: options.inputShape,
    spec: specOf("activation", { activation: f, ...options }),
    outputShape: (input) => input,
    init: () => NOTHING,
    apply: ({ state }, z) => ({ y: apply(z), state, logits: { activation: name, z } }),
  };
}
