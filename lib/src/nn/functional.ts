// Networks as graphs of layers, with any number of inputs and outputs.

import { ArgumentError } from "../ir/errors.ts";
import type { Shape } from "../ir/shape.ts";
import { scope } from "../runtime/current.ts";
import { foldIn } from "../tensor/random.ts";
import { byName, expectInput, inLayer, variablesAt } from "./chain.ts";
import type { Layer, LayerResult, Params } from "./layers/layer.ts";
import type { Merge } from "./layers/merge.ts";
import { type Network, nameLayers } from "./network.ts";

/** A place in a network that is being put together: what a layer gives when it reads other places. */
export interface Place {
  readonly shape: Shape;
  /** Null for an input. */
  readonly layer: Layer | Merge | null;
  readonly reads: readonly Place[];
}

/** An input of a network: examples of this shape. */
export function input(shape: Shape): Place {
  return { shape, layer: null, reads: [] };
}

/**
 * A layer that reads one place, or a merge that reads several.
 * @throws ShapeError if the shapes do not fit, ArgumentError for a wrong number of places
 */
export function connect(layer: Layer | Merge, ...reads: Place[]): Place {
  if (!("merge" in layer) && reads.length !== 1) {
    throw new ArgumentError(`connect: ${layer.kind} reads one place, received ${reads.length}`);
  }
  const shapes = reads.map(({ shape }) => shape);
  const shape = "merge" in layer ? layer.outputShape(shapes) : layer.outputShape(shapes[0]!);
  return { shape, layer, reads };
}

/** The network from some inputs to some outputs. @throws ArgumentError for an input it does not know */
export function network(inputs: readonly Place[], outputs: readonly Place[]): Network {
  const places = sortPlaces(inputs, outputs);
  const inner = places.filter(({ layer }) => layer !== null);
  const innerNames = nameLayers(inner.map(({ layer }) => layer!));
  const names = new Map(inner.map((place, i) => [place, innerNames[i]!]));
  inputs.forEach((place, i) => {
    names.set(place, `input${i + 1}`);
  });
  const nameOf = (place: Place) => names.get(place)!;
  const specs = inner.map(({ layer }) => layer!.spec);
  const keyOf = (place: Place) => inner.indexOf(place);
  return {
    inputShapes: inputs.map(({ shape }) => shape),
    outputShapes: outputs.map(({ shape }) => shape),
    placed: inner.map((place) => ({
      name: nameOf(place),
      kind: place.layer!.kind,
      outputShape: place.shape,
      reads: place.reads.map(nameOf),
    })),
    spec: specs.every((spec) => spec !== null)
      ? {
          inputs: inputs.map(nameOf),
          outputs: outputs.map(nameOf),
          nodes: [
            ...inputs.map((place) => ({
              kind: "input",
              shape: place.shape,
              id: nameOf(place),
              reads: [],
            })),
            ...inner.map((place, i) => ({
              ...specs[i]!,
              id: nameOf(place),
              reads: place.reads.map(nameOf),
            })),
          ],
        }
      : null,
    init: (key, dtype) => {
      const made = inner.map((place, i) =>
        "merge" in place.layer!
          ? { params: {}, state: {} }
          : place.layer!.init(foldIn(key, i), place.reads[0]!.shape, dtype),
      );
      return {
        params: byName(
          innerNames,
          made.map(({ params }) => params),
        ),
        state: byName(
          innerNames,
          made.map(({ state }) => state),
        ),
      };
    },
    apply: (variables, xs, context) => {
      const results = new Map<Place, LayerResult>();
      inputs.forEach((place, i) => {
        results.set(place, { y: expectInput(xs[i]!, place.shape), state: {} });
      });
      for (const place of inner) {
        const read = place.reads.map((from) => results.get(from)!.y);
        const name = nameOf(place);
        const { layer } = place;
        const own = { ...context, key: foldIn(context.key, keyOf(place)) };
        const run = (): LayerResult =>
          "merge" in layer!
            ? { y: layer.merge(read), state: {} }
            : layer!.apply(variablesAt(variables, name), read[0]!, own);
        results.set(
          place,
          inLayer(name, () => scope(name, run)),
        );
      }
      const states: Params[] = inner.map((place) => results.get(place)!.state);
      return {
        outputs: outputs.map((place) => results.get(place)!),
        state: byName(innerNames, states),
        layers: new Map(inner.map((place) => [nameOf(place), results.get(place)!.y])),
      };
    },
  };
}

/** Every place between inputs and outputs, each after those it reads. */
function sortPlaces(inputs: readonly Place[], outputs: readonly Place[]): Place[] {
  const sorted = new Set<Place>(inputs);
  const visit = (place: Place): void => {
    if (sorted.has(place)) return;
    if (place.layer === null) {
      throw new ArgumentError("network: an output depends on an input that is not listed");
    }
    place.reads.forEach(visit);
    sorted.add(place);
  };
  outputs.forEach(visit);
  return [...sorted];
}
