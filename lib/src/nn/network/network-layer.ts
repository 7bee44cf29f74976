// A network as a layer of another: a sub-model.

import type { Kind } from "../../checks/arguments.ts";
import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import { sameShape, showShape } from "../../ir/shape.ts";
import type { Fn, Shape as TypedShape } from "../../shapes/index.ts";
import { expectSignature, LAYER, type LayerSignature } from "../layers/arguments.ts";
import { type Layer, type LayerOptions, specOf } from "../layers/layer.ts";
import type { Network } from "./network.ts";

/** What a network of one output gives, whatever fits into it. */
export interface NetworkShape<O extends TypedShape> extends Fn {
  readonly out: O;
}

/** What holds a network and says its shapes: a model. */
interface Holder<O extends TypedShape> {
  readonly network: Network;
  readonly shapes: { readonly output: O };
}

const heldNetwork: Kind<Network> = {
  says: "a network, as network() makes, or a model",
  fits: (value) => networkIn(value) !== null,
};

export const NETWORK: LayerSignature<Pick<LayerOptions, "name" | "trainable">> = {
  leading: { network: heldNetwork },
  options: { name: LAYER.name, trainable: LAYER.trainable },
};

/**
 * A network, or that of a model, as a layer: each use is a new copy with variables of its own, under the
 * names of its layers, as "network1/dense2/w"; connected twice it is shared. It reads as many places as the
 * network has inputs.
 * @throws ArgumentError for what is no network, and for a network of several outputs
 * @throws ShapeError for places that do not fit its inputs
 */
export function networkLayer<const O extends TypedShape = TypedShape>(
  network: Network | Holder<O>,
  options: Pick<LayerOptions, "name" | "trainable"> = {},
): Layer<NetworkShape<O>> {
  const kind = "network";
  expectSignature(kind, NETWORK, [network], options);
  const own = networkIn(network)!;
  const { inputShapes, outputShapes } = own;
  if (outputShapes.length !== 1) {
    throw new ArgumentError(
      `${kind}: expected a network of one output, received one of ${outputShapes.length}`,
    );
  }
  const { shapes } = own;
  return {
    kind,
    name: options.name,
    inputShape: inputShapes[0],
    trainable: options.trainable,
    spec: specOf(kind, { network: own, ...options }),
    alsoReads: inputShapes.slice(1).map((_, i) => `input ${i + 2}`),
    holds: own.layers,
    readsGaps: own.readsGaps.every(Boolean),
    weights: [],
    ...(shapes && { shapes: () => shapes }),
    outputShape: (...given) => {
      if (given.length < inputShapes.length) {
        throw new ArgumentError(
          `${kind}: expected ${inputShapes.length} places to read, received ${given.length}`,
        );
      }
      inputShapes.forEach((expected, i) => {
        if (sameShape(expected, given[i]!)) return;
        throw new ShapeError(
          `${kind}: expected examples ${showShape(expected)}, received ${showShape(given[i]!)}`,
        );
      });
      return outputShapes[0]!;
    },
    init: (key, _input, dtype) => own.init(key, dtype),
    apply: (variables, x, { watch: _, also = [], ...told }) => {
      const { outputs, state } = own.apply(variables, [x, ...also], told);
      return { ...outputs[0]!, state };
    },
  };
}

function networkIn(value: unknown): Network | null {
  if (typeof value !== "object" || value === null) return null;
  if ("inputShapes" in value && "placed" in value) return value as Network;
  return "network" in value ? networkIn(value.network) : null;
}
