// Networks as graphs of layers, with any number of inputs and outputs.

import { ArgumentError } from "../../checks/errors.ts";
import type { NetworkSpec, NodeSpec } from "../../spec/parts.ts";
import { withTrainable } from "../layers/composite/held.ts";
import type { Layer } from "../layers/layer.ts";
import type { Merge } from "../layers/merging/merge.ts";
import { nameLayers, ownersOf } from "../layers/naming.ts";
import { assemble, expectNames, type Station } from "./assemble.ts";
import type { Network } from "./network.ts";
import { isMerge, type Place } from "./place.ts";

/**
 * The network from some inputs to some outputs.
 * @throws ArgumentError for lists that are empty or hold something else, an input that is not listed,
 * and two layers of one name
 */
export function network(inputs: readonly Place[], outputs: readonly Place[]): Network {
  expectPlaces("inputs", inputs);
  expectPlaces("outputs", outputs);
  inputs.forEach((place, i) => {
    if (place.layer !== null) {
      throw new ArgumentError(`network: expected inputs.${i} to be an input(), received a layer`);
    }
    if (inputs.indexOf(place) < i) throw new ArgumentError("network: an input is listed twice");
  });
  const inner = sortPlaces(inputs, outputs).filter(({ layer }) => layer !== null);
  const layers = inner.map(({ layer }) => layer!);
  const own = layers.flatMap(({ name }) => name ?? []);
  const inputNames = nameInputs(inputs, own);
  const innerNames = nameLayers(
    "network",
    layers,
    inputNames,
    inner.map(({ name }) => name),
  );
  const owners = ownersOf(layers, innerNames);
  const names = new Map<Place, string>();
  inputs.forEach((place, i) => names.set(place, inputNames[i]!));
  inner.forEach((place, i) => names.set(place, innerNames[i]!));
  const nameOf = (place: Place) => names.get(place)!;
  const stations = inner.map(
    (place, i): Station => ({
      place,
      layer: layers[i]!,
      name: innerNames[i]!,
      owner: owners[i]!,
      reads: place.reads.map(nameOf),
    }),
  );
  return assembled(inputs, inputNames, outputs, outputs.map(nameOf), stations);
}

function assembled(
  inputs: readonly Place[],
  inputNames: readonly string[],
  outputs: readonly Place[],
  outputNames: readonly string[],
  stations: readonly Station[],
): Network {
  const spec = specOf(inputs, inputNames, stations, outputNames);
  const trainable = (chosen: readonly string[], isTrainable: boolean): Network => {
    expectNames(
      stations.map(({ name }) => name),
      chosen,
    );
    const owners = new Set(stations.flatMap((at) => (chosen.includes(at.name) ? at.owner : [])));
    const changed = stations.map((at): Station => {
      if (!owners.has(at.owner) || isMerge(at.layer)) return at;
      return { ...at, layer: withTrainable(at.layer, isTrainable) };
    });
    return assembled(inputs, inputNames, outputs, outputNames, changed);
  };
  return assemble(inputs, outputs, stations, { spec, trainable });
}

/** Null where a layer is the user's own. */
function specOf(
  inputs: readonly Place[],
  inputNames: readonly string[],
  stations: readonly Station[],
  outputs: readonly string[],
): NetworkSpec | null {
  if (stations.some(({ layer }) => layer.spec === null)) return null;
  const heads = inputs.map(({ shape }, i): NodeSpec => {
    return { kind: "input", shape, id: inputNames[i]!, reads: [] };
  });
  const nodes = stations.map(({ layer, name, owner, reads }): NodeSpec => {
    const isShared = name !== owner && learns(layer);
    if (isShared) return { kind: layer.kind, id: name, reads, shares: owner };
    const { name: _, ...rest } = layer.spec!; // the id says it
    return { ...rest, id: name, reads };
  });
  return { inputs: inputNames, outputs, nodes: [...heads, ...nodes] };
}

/** True for a layer with parameters; of the library's own, whose shapes are told. */
function learns(layer: Layer | Merge): boolean {
  return "shapes" in layer;
}

/** Names for inputs: the user's own, else "input" and their place in the list. */
function nameInputs(inputs: readonly Place[], taken: readonly string[]): string[] {
  const used = new Set([...taken, ...inputs.flatMap(({ name }) => name ?? [])]);
  const given = inputs.flatMap(({ name }) => name ?? []);
  const twice = given.find((name, i) => given.indexOf(name) < i || taken.includes(name));
  if (twice) throw new ArgumentError(`network: two layers are named "${twice}"`);
  return inputs.map(({ name }, i) => {
    if (name !== undefined) return name;
    let number = i + 1;
    while (used.has(`input${number}`)) number++;
    used.add(`input${number}`);
    return `input${number}`;
  });
}

/** Every place between inputs and outputs, each after those it reads. */
function sortPlaces(inputs: readonly Place[], outputs: readonly Place[]): Place[] {
  const sorted = new Set<Place>(inputs);
  // With a list of what is open, not by recursion: a network may be deep.
  const open = [...outputs].reverse();
  while (open.length > 0) {
    const place = open.at(-1)!;
    const missing = place.reads.filter((read) => !sorted.has(read));
    if (sorted.has(place) || missing.length === 0) {
      open.pop();
      if (place.layer === null && !sorted.has(place)) {
        throw new ArgumentError("network: an output depends on an input that is not listed");
      }
      sorted.add(place);
    } else {
      for (const read of missing.reverse()) open.push(read);
    }
  }
  return [...sorted];
}

function expectPlaces(name: string, places: readonly Place[]): void {
  const isPlace = (place: Place) => Array.isArray(place?.shape) && Array.isArray(place.reads);
  if (Array.isArray(places) && places.length > 0 && places.every(isPlace)) return;
  throw new ArgumentError(
    `network: expected ${name} to be a list of places, as input() and connect() make`,
  );
}
