// Activation functions as layers of their own.

import type { Identity } from "../../../shapes/index.ts";
import type { ActivationSpec } from "../../activations/index.ts";
import { expectSignature, LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { type Layer, type LayerOptions, NOTHING, specOf } from "../layer.ts";
import { expectSpread, singleActivation } from "./weighted.ts";

export const ACTIVATION: LayerSignature<LayerOptions> = {
  leading: { activation: nameOption },
  options: LAYER,
};

/** [...] to the same: f(x), element by element (softmax: over the last axis), as Keras's Activation. */
export function activation(f: ActivationSpec, options: LayerOptions = {}): Layer<Identity> {
  expectSignature("activation", ACTIVATION, [f], options);
  const chosen = singleActivation("activation", f);
  const { name, apply } = chosen;
  return {
    kind: "activation",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("activation", { activation: f, ...options }),
    outputShape: (input) => {
      expectSpread(chosen, input);
      return input;
    },
    init: () => NOTHING,
    apply: ({ state }, x, { watch }) => {
      const z = watch ? watch(x, chosen) : x;
      return { y: apply(z), state, logits: { activation: name, z } };
    },
  };
}
