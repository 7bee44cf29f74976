// Models: a chain of layers, or any network.

import { expectArgument, expectOptions, having } from "../ir/arguments.ts";
import { ArgumentError } from "../ir/errors.ts";
import type { FirstArg, InputOf, OutputOf, RestArgs, Shape } from "../ir/shape-types/index.ts";
import { chain } from "../nn/chain.ts";
import type { Layer } from "../nn/layers/layer.ts";
import type { Network } from "../nn/network.ts";
import { Model, SequentialModel } from "./model.ts";
import { MODEL_OPTIONS, type ModelOptions } from "./model-options.ts";

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
  const start: unknown = first;
  const layers = rest as Layer[];
  if (isShape(start, layers)) return new SequentialModel(layers, (all) => chain(start, all));
  const listed = Array.isArray(start) ? (start as Layer[]) : [];
  const alone = start === undefined || Array.isArray(start) ? [] : [start as Layer];
  return new SequentialModel([...alone, ...listed, ...layers], (all) =>
    chain(inputShapeOf(all), all),
  );
}

/** An empty list is a shape, that of a scalar, only where layers follow it. */
function isShape(start: unknown, layers: readonly Layer[]): start is Shape {
  if (!Array.isArray(start)) return false;
  return start.length > 0 ? typeof start[0] === "number" : layers.length > 0;
}

const NETWORK = having("a network, as network() gives", "init", "apply");

/** A model over a network with any number of inputs and outputs: see `network` and `connect`. */
export function functionalModel(network: Network, options: ModelOptions = {}): Model {
  expectArgument("functionalModel", "network", network, NETWORK);
  expectOptions("functionalModel", options, MODEL_OPTIONS);
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
