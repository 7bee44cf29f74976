// A chain of layers, each fed by the one before: the network behind sequential().

import { ArgumentError, ShapeError } from "../../checks/errors.ts";
import type { Shape } from "../../ir/shape.ts";
import { withTrainable } from "../layers/composite/held.ts";
import type { Layer } from "../layers/layer.ts";
import { nameLayers } from "../layers/naming.ts";
import { assemble, entryAt, expectNames, inLayer, type Station } from "./assemble.ts";
import type { Network } from "./network.ts";
import { tensorsByPath } from "./params.ts";
import { connect, expectLayer, input, type Place } from "./place.ts";

/**
 * @param inputShape the shape of one example
 * @throws ShapeError for sizes that are not whole, and naming the first layer that does not fit
 */
export function chain(inputShape: Shape, layers: readonly Layer[]): Network {
  expectWhole(inputShape);
  if (layers.length === 0) throw new ArgumentError("sequential: expected at least one layer");
  layers.forEach((layer, i) => {
    expectLayer("sequential", `layer ${i + 1}`, layer);
  });
  const names = nameLayers("sequential", layers);
  const start = input(inputShape);
  let last: Place = start;
  const stations = layers.map((layer, i): Station => {
    const name = names[i]!;
    last = inLayer(name, () => connect(layer, last));
    return { place: last, layer, name, owner: name, reads: i === 0 ? [] : [names[i - 1]!] };
  });
  const specs = layers.map(({ spec }) => spec);
  const isWritten = specs.every((spec) => spec !== null);
  const inner = isWritten ? specs.filter(({ kind }) => kind !== "input") : [];
  const spec = isWritten ? { layers: [{ kind: "input", shape: inputShape }, ...inner] } : null;
  const trainable = (chosen: readonly string[], isTrainable: boolean): Network => {
    expectNames(names, chosen);
    const changed = layers.map((layer, i) =>
      chosen.includes(names[i]!) ? withTrainable(layer, isTrainable) : layer,
    );
    return chain(inputShape, changed);
  };
  const network = assemble([start], [last], stations, { spec, trainable });
  return {
    ...network,
    init: (key, dtype) => {
      const made = network.init(key, dtype);
      layers.forEach((layer, i) => {
        const first = layers.indexOf(layer);
        if (first === i) return;
        const own = [entryAt(made.params, names[i]!), entryAt(made.state, names[i]!)];
        if (own.every((tree) => tensorsByPath("", tree).size === 0)) return;
        throw new ArgumentError(
          `sequential: "${names[i]}" is the same layer as "${names[first]}". Make two layers, each ` +
            "with weights of its own; or share one with network(), where a layer may stand twice.",
        );
      });
      return made;
    },
  };
}

/** Sizes may be 0, as a sequence of no steps; programs are compiled for them, so none may be open. */
function expectWhole(inputShape: Shape): void {
  const isShape = Array.isArray(inputShape);
  if (isShape && inputShape.every((length) => Number.isInteger(length) && length >= 0)) return;
  const received = isShape ? `[${inputShape.map(String).join(", ")}]` : String(inputShape);
  throw new ShapeError(`inputShape: expected whole numbers of 0 or more, received ${received}`);
}
