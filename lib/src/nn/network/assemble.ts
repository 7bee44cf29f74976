// Connected places as a Network: what sequential() and network() have in common, which is all but
// the way they are written down.

import { show } from "../../checks/arguments.ts";
import { ArgumentError, NeuriteError, ShapeError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { type Shape, sameShape, showShape } from "../../ir/shape.ts";
import { scope } from "../../runtime/interpreter/current.ts";
import { Tensor } from "../../runtime/values/tensor.ts";
import type { NetworkSpec } from "../../spec/parts.ts";
import { foldIn } from "../../tensor/random.ts";
import { maskAfter } from "../layers/composite/held.ts";
import type {
  FloatDType,
  Layer,
  LayerResult,
  LayerVariables,
  Params,
  Watch,
} from "../layers/layer.ts";
import type { Merge } from "../layers/merging/merge.ts";
import { expectParameters } from "./limits.ts";
import type { Network, Placed } from "./network.ts";
import { joinPath, tensorsByPath, tensorsLike, typesLike } from "./params.ts";
import { expectSeparate, frozenPaths, weightPaths } from "./paths.ts";
import { isMerge, type Place } from "./place.ts";

/** A layer at a place of a network that is complete. */
export interface Station {
  readonly place: Place;
  readonly layer: Layer | Merge;
  readonly name: string;
  /** The name of the first place of the same layer: its variables are there. */
  readonly owner: string;
  /** Names of what it reads. */
  readonly reads: readonly string[];
}

/** What the ways of putting a network together say of it. */
interface Written {
  /** How it is written down, if it can be. */
  readonly spec: NetworkSpec | null;
  readonly trainable: Network["trainable"];
}

/** @param stations each after those it reads */
export function assemble(
  inputs: readonly Place[],
  outputs: readonly Place[],
  stations: readonly Station[],
  written: Written,
): Network {
  const owners = stations.filter(({ name, owner }) => name === owner);
  expectOneShape(stations);
  const owned = owners.flatMap(({ layer, name }) => (isMerge(layer) ? [] : [{ layer, name }]));
  expectSeparate(owned);
  const own = (params: Params, name: string) =>
    tensorsByPath(`layer "${name}"`, entryAt(params, name));
  return {
    inputShapes: inputs.map(({ shape }) => shape),
    outputShapes: outputs.map(({ shape }) => shape),
    readsGaps: inputs.map((place) => fillsGaps(place, stations)),
    outputNames: outputNames(outputs, stations),
    placed: stations.map(placedOf),
    layers: Object.fromEntries(owned.map(({ layer, name }) => [name, layer])),
    shapes: shapesOfAll(owners),
    ...written,
    init: (key, dtype) => {
      const shapes = owners.map((own) => [own.name, Object.values(shapesOf(own))] as const);
      expectParameters(new Map(shapes), dtype);
      const made = stations.map(({ layer, name, owner, place }, i): LayerVariables => {
        if (isMerge(layer) || name !== owner) return { params: {}, state: {} };
        return inLayer(name, () => {
          const [shape, ...also] = place.reads.map((read) => read.shape);
          const own = layer.init(foldIn(key, i), shape!, dtype, ...also);
          expectMade(own, shapesOf(stations[i]!), dtype);
          return own;
        });
      });
      const names = stations.map(({ name }) => name);
      return {
        params: byName(names.map((name, i) => [name, made[i]!.params])),
        state: byName(names.map((name, i) => [name, made[i]!.state])),
      };
    },
    weights: (params) =>
      new Set(owned.flatMap(({ layer, name }) => weightPaths(name, layer, own(params, name)))),
    frozen: (params) =>
      new Set(owned.flatMap(({ layer, name }) => frozenPaths(name, layer, own(params, name)))),
    apply: (variables, xs, { watch, ...context }) => {
      if (xs.length !== inputs.length) {
        throw new ArgumentError(`expected ${inputs.length} inputs, received ${xs.length}`);
      }
      const results = new Map<Place, LayerResult>();
      inputs.forEach((place, i) => {
        results.set(place, { y: expectInput(xs[i]!, place.shape), state: {} });
      });
      const states = new Map<string, Params>();
      const masks = new Map<Place, Tensor | undefined>([[inputs[0]!, context.mask]]);
      stations.forEach(({ place, layer, name, owner }, i) => {
        const read = place.reads.map((from) => results.get(from)!.y);
        const mask = masks.get(place.reads.find((from) => masks.get(from)) ?? place);
        const run = (): LayerResult => {
          if (isMerge(layer)) return { y: layer.merge(read), state: {} };
          const { params, state } = variablesAt(variables, owner);
          const before = states.get(owner) ?? state; // a layer at two places is run twice
          const seen: Watch | undefined = watch && ((...of) => watch(name, ...of));
          const [x, ...also] = read;
          const frozen = context.frozen === true || layer.trainable === false;
          const told = { mask: masks.get(place.reads[0]!), frozen };
          const own = { ...context, ...told, key: foldIn(context.key, i), also, watch: seen };
          return expectResult(before, layer.apply({ params, state: before }, x!, own));
        };
        const result = inLayer(name, () => scope(name, run));
        results.set(place, result);
        states.set(owner, result.state);
        masks.set(place, isMerge(layer) ? mask : maskAfter(layer, result, mask));
      });
      return {
        outputs: outputs.map((place) => ({ ...results.get(place)!, mask: masks.get(place) })),
        state: byName([...states]),
        layers: new Map(stations.map(({ name, place }) => [name, results.get(place)!.y])),
      };
    },
  };
}

/** Whether all that read a place fill the gaps in it. */
function fillsGaps(place: Place, stations: readonly Station[]): boolean {
  const readers = stations.filter((station) => station.place.reads.includes(place));
  return (
    readers.length > 0 &&
    readers.every((reader) => {
      if (isMerge(reader.layer)) return false;
      const { kind, readsGaps = false } = reader.layer;
      return readsGaps || (kind === "input" && fillsGaps(reader.place, stations));
    })
  );
}

function outputNames(outputs: readonly Place[], stations: readonly Station[]): string[] {
  const names = outputs.map(
    (output) => stations.find(({ place }) => place === output)?.name ?? output.name ?? "input",
  );
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}${before + 1}`;
  });
}

function placedOf({ layer, name, owner, place, reads }: Station): Placed {
  const at = { name, kind: layer.kind, outputShape: place.shape, reads };
  const frozen = !isMerge(layer) && layer.trainable === false && { trainable: false };
  return name === owner ? { ...at, ...frozen } : { ...at, ...frozen, shares: owner };
}

/** The shapes of all parameters by path; null where a layer of the user's own does not tell them. */
function shapesOfAll(owners: readonly Station[]): Network["shapes"] {
  const isKnown = owners.every(({ layer }) => "shapes" in layer || layer.spec);
  const shapes = owners.flatMap((own) =>
    Object.entries(shapesOf(own)).map(([path, shape]) => [joinPath(own.name, path), shape]),
  );
  return isKnown ? Object.fromEntries(shapes) : null;
}

/** The shapes of a station's parameters, where the layer tells them. */
function shapesOf({ layer, place }: Station): Readonly<Record<string, Shape>> {
  const [shape, ...also] = place.reads.map((read) => read.shape);
  return isMerge(layer) ? {} : (layer.shapes?.(shape!, ...also) ?? {});
}

/** @throws ShapeError or DTypeError where an initializer of the user's own makes something else */
function expectMade(
  made: LayerVariables,
  shapes: Readonly<Record<string, Shape>>,
  dtype: FloatDType,
): void {
  const expected = Object.entries(shapes);
  if (expected.length === 0) return;
  const types = expected.map(([path, shape]) => [path, { dtype, shape }] as const);
  typesLike("params", new Map(types), tensorsByPath("params", made.params));
}

/** @throws ShapeError where the same layer is used on examples that want other parameters */
function expectOneShape(stations: readonly Station[]): void {
  for (const station of stations) {
    if (station.name === station.owner) continue;
    const first = stations.find(({ name }) => name === station.owner)!;
    const [here, there] = [shapesOf(station), shapesOf(first)];
    for (const [name, shape] of Object.entries(there)) {
      if (sameShape(shape, here[name]!)) continue;
      throw new ShapeError(
        `layer "${station.owner}": it stands in two places, but its ${name} would be ` +
          `${showShape(shape)} in one and ${showShape(here[name]!)} in the other`,
      );
    }
  }
}

/** @throws ArgumentError for a layer that gives something else, or another state than it had */
function expectResult(before: Params, result: LayerResult): LayerResult {
  if (!(result?.y instanceof Tensor)) {
    throw new ArgumentError(`apply: expected { y, state }, y a tensor, received ${show(result)}`);
  }
  tensorsLike("state", before, result.state);
  return result;
}

/** The variables of one layer; a layer that has none is left out of the records. */
function variablesAt({ params, state }: LayerVariables, name: string): LayerVariables {
  return { params: entryAt(params, name), state: entryAt(state, name) };
}

export function entryAt(record: Params, name: string): Params {
  return Object.hasOwn(record, name) ? (record[name] as Params) : {};
}

/** A record by layer name, without the empty ones. */
function byName(entries: readonly (readonly [string, Params])[]): Params {
  return Object.fromEntries(
    entries.filter(([name, own]) => tensorsByPath(`layer "${name}"`, own).size > 0),
  );
}

/** @throws ArgumentError for a name that no layer has, with the nearest one */
export function expectNames(names: readonly string[], chosen: readonly string[]): void {
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownName("layer", unknown, names);
}

/** Runs something of a layer; an error says which layer it was. */
export function inLayer<T>(name: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (error instanceof NeuriteError) error.locate("layer", `layer "${name}"`);
    throw error;
  }
}

/** @throws ShapeError unless x is a batch of examples of this shape */
function expectInput(x: Tensor, shape: Shape): Tensor {
  const fits = x.rank === shape.length + 1 && shape.every((dim, i) => dim === x.type.shape[i + 1]);
  if (fits) return x;
  throw new ShapeError(
    `expected input of shape [${["batch", ...shape].join(", ")}], received ${showShape(x.shape)}`,
  );
}
