// Who reads the units of a layer: the weights that a unit's output meets next.

import { ArgumentError } from "../../checks/errors.ts";
import type { Placed } from "../../nn/network/network.ts";
import type { Variable } from "../../runtime/state/variable.ts";
import type { Model } from "../../train/model/model.ts";
import { layerSpecs } from "./layer-outputs.ts";

/** The weights of a layer that reads units, and which unit each of them is for. */
export interface UnitReader {
  readonly name: string;
  /** Of its weights, as "dense2/w". */
  readonly path: string;
  readonly w: Variable;
  /** The unit that the weight at a place of w.data is multiplied with. */
  readonly channelOf: (place: number) => number;
}

/** Layers through which unit i stays channel i of the last axis. */
const PASSING = ["dropout", "activation", "maxPool2d", "avgPool2d", "globalPool"];

/**
 * The layers that multiply what a layer gives, found through those that pass units on.
 * @throws ArgumentError for an output layer, and for layers that read units in other ways
 */
export function readersOf(where: string, model: Model, layer: string): UnitReader[] {
  const { placed } = model.network;
  const start = placed.find(({ name }) => name === layer)!;
  const found = followers(where, model, start, start.outputShape.at(-1)!);
  if (found.length > 0) return found;
  throw new ArgumentError(
    `${where}: expected a hidden layer, received "${layer}", which no layer with weights reads`,
  );
}

function followers(where: string, model: Model, from: Placed, units: number): UnitReader[] {
  const next = model.network.placed.filter(({ reads }) => reads.includes(from.name));
  return next.flatMap((reader) => {
    const { kind, name } = reader;
    if (PASSING.includes(kind) || kind === "flatten") return followers(where, model, reader, units);
    const isGrouped =
      kind === "conv2d" && Number(layerSpecs(where, model).get(name)!["groups"] ?? 1) > 1;
    if ((kind === "dense" || kind === "conv2d") && !isGrouped)
      return [readerOf(model, reader, units)];
    throw new ArgumentError(
      `${where}: "${name}", ${isGrouped ? "a grouped" : "a"} ${kind} layer, reads the units of ` +
        `"${from.name}" in a way that is not followed here`,
    );
  });
}

/** w is [..., inputs, outputs], and flatten counts channels last: input i is of channel i % units. */
function readerOf(model: Model, { name, shares }: Placed, units: number): UnitReader {
  const w = model.layer(name)["w"]!;
  const [inputs, outputs] = w.type.shape.slice(-2) as [number, number];
  const channelOf = (place: number) => (Math.floor(place / outputs) % inputs) % units;
  return { name, path: `${shares ?? name}/w`, w, channelOf };
}
