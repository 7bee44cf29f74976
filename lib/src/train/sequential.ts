// Models: a chain of layers, or any network.

import { ArgumentError } from "../ir/errors.ts";
import type { FirstArg, InputOf, OutputOf, RestArgs, Shape } from "../ir/shape-types/index.ts";
import { chain } from "../nn/chain.ts";
import type { Layer } from "../nn/layers/layer.ts";
import type { Network } from "../nn/network.ts";
import { Model, SequentialModel } from "./model.ts";
import type { ModelOptions } from "./model-options.ts";

/**
 * Layers one after the other: `sequential([784], dense(30), dense(10))`, or as Keras writes it,
 * `sequential([dense(30, { inputShape: [784] }), dense(10)])`, or empty to use `add`.
 * Shapes that do not fit are compile errors where they are literals, and run-time errors always.
 */
export function sequential<
  const A extends Shape | Layer | readonly Layer[] = [],
  const R extends readonly Layer[] = [],
>(
  first?: A & FirstArg<A, R>,
  ...rest: RestArgs<A, R>
): SequentialModel<InputOf<A, R>, OutputOf<A, R>> {
  return makeSequential(first as Shape | Layer | readonly Layer[] | undefined, rest as Layer[]);
}

function makeSequential(
  first: Shape | Layer | readonly Layer[] | undefined,
  rest: readonly Layer[],
  options?: ModelOptions,
): SequentialModel {
  if (!Array.isArray(first)) {
    const layers = first === undefined ? rest : [first as Layer, ...rest];
    return new SequentialModel(layers, (all) => chain(inputShapeOf(all), all), options);
  }
  if (first.length > 0 && typeof first[0] === "number") {
    const shape = first as Shape;
    return new SequentialModel(rest, (all) => chain(shape, all), options);
  }
  const layers = first as readonly Layer[];
  return new SequentialModel(layers, (all) => chain(inputShapeOf(all), all), options);
}

/** As `sequential`, from a list, with options. */
export function sequentialModel(
  layers: readonly Layer[],
  options: ModelOptions = {},
): SequentialModel {
  return makeSequential(layers, [], options);
}

/** A model over a network with any number of inputs and outputs: see `network` and `connect`. */
export function functionalModel(network: Network, options: ModelOptions = {}): Model {
  return new Model(() => network, options);
}

/** The input shape that the first layer tells. */
function inputShapeOf(layers: readonly Layer[]): Shape {
  const shape = layers[0]?.inputShape as Shape | undefined;
  if (shape) return shape;
  throw new ArgumentError(
    "sequential: the shape of an example is not known. Give the first layer { inputShape: [...] }, " +
      "or start with a shape or an inputLayer().",
  );
}
