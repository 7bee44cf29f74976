// A layer that asks patterns it has learnt (Ramsauer et al. 2020, the layer "Hopfield" with a static memory).

import { count, index, positive } from "../../../checks/arguments.ts";
import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../../initializers/index.ts";
import { retrieve } from "../../memory/retrieve.ts";
import { expectSignature, LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf } from "../layer.ts";

/** Options of hopfield(). */
export interface HopfieldLayerOptions extends LayerOptions {
  /** How sharply the nearest pattern is preferred to others; 1 / sqrt(features) by default. */
  readonly beta?: number;
  /** How many steps of retrieval; 1 by default. */
  readonly steps?: number;
  /** How the patterns start; "glorotUniform" by default. */
  readonly weights?: InitializerSpec;
}

export const HOPFIELD: LayerSignature<HopfieldLayerOptions> = {
  leading: { patterns: count },
  options: { beta: positive, steps: index, weights: nameOption, ...LAYER },
};

/**
 * [..., features] to [..., features]: what so many learnt patterns make of each state, by `retrieve`:
 * softmax(beta x w^T) w, as often as there are steps (Ramsauer et al. 2021). Parameter w [patterns, features].
 * @throws ArgumentError unless patterns is a whole number above 0, and beta above 0
 * @throws ShapeError for examples of no axis
 */
export function hopfield(patterns: number, options: HopfieldLayerOptions = {}): Layer<Identity> {
  expectSignature("hopfield", HOPFIELD, [patterns], options);
  const { beta, steps = 1, weights = "glorotUniform" } = options;
  const initial = initializerOf(weights);
  const shapeOf = (input: Shape) => [patterns, input.at(-1)!];
  return {
    kind: "hopfield",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    spec: specOf("hopfield", { patterns, ...options }),
    outputShape: (input) => {
      if (input.length > 0) return input;
      throw new ShapeError(
        `hopfield: expected an example [..., features], received ${showShape(input)}`,
      );
    },
    weights: ["w"],
    shapes: (input) => ({ w: shapeOf(input) }),
    init: (key, input, dtype) => {
      const shape = shapeOf(input);
      return { params: { w: initial.init(key, shape, fansOf(shape), dtype) }, state: {} };
    },
    apply: ({ params, state }, x) => {
      const given = beta === undefined ? { steps } : { beta, steps };
      return { y: retrieve(params["w"] as Tensor, x, given), state };
    },
  };
}
