// What tells a network at which place of a sequence something stands: waves, or rows that are learnt.

import { ShapeError } from "../../../checks/errors.ts";
import { type Shape, showShape } from "../../../ir/shape.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import type { Identity } from "../../../shapes/index.ts";
import { fromData } from "../../../tensor/create.ts";
import { add, cast } from "../../../tensor/elementwise.ts";
import { fansOf, type InitializerSpec, initializerOf } from "../../initializers/index.ts";
import { expectSignature, LAYER, type LayerSignature, nameOption } from "../arguments.ts";
import { type Layer, type LayerOptions, specOf, withoutParameters } from "../layer.ts";

export const POSITIONAL_ENCODING: LayerSignature<LayerOptions> = { leading: {}, options: LAYER };

/**
 * Adds to each step of [steps, features] the waves of Vaswani et al. (2017), section 3.5: at place p
 * sin(p / 10000^(2i/features)) to feature 2i, and the cosine of the same to feature 2i + 1. It learns nothing.
 * @throws ShapeError for examples of another rank
 */
export function positionalEncoding(options: LayerOptions = {}): Layer<Identity> {
  expectSignature("positionalEncoding", POSITIONAL_ENCODING, [], options);
  return withoutParameters<Identity>({
    kind: "positionalEncoding",
    spec: specOf("positionalEncoding", options),
    options,
    keepsMask: true,
    outputShape: (input) => expectSequence("positionalEncoding", input),
    map: (x: Tensor) => {
      const [, steps, features] = x.type.shape as [number, number, number];
      return add(x, cast(wavesOf(steps, features), x.dtype));
    },
  });
}

function wavesOf(steps: number, features: number): Tensor {
  const numbers = Float64Array.from({ length: steps * features }, (_, i) => {
    const [place, feature] = [Math.floor(i / features), i % features];
    const angle = place / 10_000 ** ((feature - (feature % 2)) / features);
    return feature % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
  return fromData(numbers, [steps, features]);
}

/** Options of positionEmbedding(). */
export interface PositionEmbeddingOptions extends LayerOptions {
  /** How the rows start; uniform between -0.05 and 0.05 by default. */
  readonly weights?: InitializerSpec;
}

export const POSITION_EMBEDDING: LayerSignature<PositionEmbeddingOptions> = {
  leading: {},
  options: { weights: nameOption, ...LAYER },
};

/**
 * Adds to each step of [steps, features] a row of its own that is learnt: parameter w [steps, features].
 * @throws ShapeError for examples of another rank
 */
export function positionEmbedding(options: PositionEmbeddingOptions = {}): Layer<Identity> {
  expectSignature("positionEmbedding", POSITION_EMBEDDING, [], options);
  const initial = initializerOf(options.weights ?? { name: "uniform", low: -0.05, high: 0.05 });
  return {
    kind: "positionEmbedding",
    name: options.name,
    inputShape: options.inputShape,
    trainable: options.trainable,
    keepsMask: true,
    spec: specOf("positionEmbedding", options),
    outputShape: (input) => expectSequence("positionEmbedding", input),
    weights: ["w"],
    shapes: (input) => ({ w: input }),
    init: (key, input, dtype) => {
      return { params: { w: initial.init(key, input, fansOf(input), dtype) }, state: {} };
    },
    apply: ({ params, state }, x) => ({ y: add(x, params["w"] as Tensor), state }),
  };
}

/** @throws ShapeError for what is no sequence */
export function expectSequence(kind: string, input: Shape): Shape {
  if (input.length === 2 && input.every((length) => length > 0)) return input;
  throw new ShapeError(
    `${kind}: expected an example [steps, features], received ${showShape(input)}`,
  );
}
