// Models: a chain of layers, or any network.

import { expectArgument, expectOptions, having } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import type { Layer } from "../../nn/layers/layer.ts";
import { chain } from "../../nn/network/chain.ts";
import type { Network } from "../../nn/network/network.ts";
import { expectLayer } from "../../nn/network/place.ts";
import type { Shape } from "../../shapes/index.ts";
import { MODEL_OPTIONS, type ModelOptions } from "../model-options.ts";
import { Model } from "./model.ts";
import { SequentialModel } from "./sequential-model.ts";
import type { FirstArg, InputOf, OutputOf, RestArgs } from "./sequential-shapes.ts";

const NETWORK = having("a network, as network() gives", "init", "apply");

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
  const headed = isShape(start, layers);
  const listed = Array.isArray(start) ? start : [];
  const alone = start === undefined || Array.isArray(start) ? [] : [start as Layer];
  const given = headed ? layers : [...alone, ...listed, ...layers];
  given.forEach((layer, i) => {
    expectLayer("sequential", `layer ${i + 1}`, layer);
  });
  return new SequentialModel(given, (all) => chain(headed ? start : inputShapeOf(all), all));
}

/** An empty list is a shape, that of a scalar, only where layers follow it. */
function isShape(start: unknown, layers: readonly Layer[]): start is Shape {
  if (!Array.isArray(start)) return false;
  const isList = start.some((one) => typeof one === "object" && one !== null);
  return start.length > 0 ? !isList : layers.length > 0;
}

/**
 * A model over a network with any number of inputs and outputs: see `network` and `connect`.
 * @throws ArgumentError for what is no network, and for unknown options
 */
export function functionalModel(network: Network, options: ModelOptions = {}): Model {
  expectArgument("functionalModel", "network", network, NETWORK);
  expectOptions("functionalModel", options, MODEL_OPTIONS);
  return new Model(() => network, options);
}

/** The input shape that the first layer tells. */
function inputShapeOf(layers: readonly Layer[]): Shape {
  const shape = layers[0]?.inputShape;
  if (shape) return shape;
  throw new ArgumentError(
    "sequential: the shape of an example is not known. Give the first layer { inputShape: [...] }, " +
      "or start with a shape or an inputLayer().",
  );
}
