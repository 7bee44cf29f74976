// What layers that hold other layers share: where the variables of these are, and how they are run.

import type { Shape } from "../../../ir/shape.ts";
import { scope } from "../../../runtime/interpreter/current.ts";
import type { Tensor } from "../../../runtime/values/tensor.ts";
import { foldIn } from "../../../tensor/random.ts";
import type { Layer, LayerContext, LayerResult, LayerVariables, Params } from "../layer.ts";
import { inside } from "./held.ts";

/** A layer inside another: the name under which its variables stand, and the shapes that it reads. */
export interface Held {
  readonly name: string;
  readonly layer: Layer;
  readonly reads: readonly Shape[];
}

/** What a layer says of its parameters that has none of its own. */
export function holding(
  layers: Readonly<Record<string, Layer>>,
  heldIn: (...shapes: Shape[]) => readonly Held[],
): Pick<Layer, "holds" | "weights" | "shapes" | "init"> {
  // A layer of the user's own need not tell its shapes; nothing is known of the whole then.
  const isKnown = Object.values(layers).every(({ shapes, spec }) => shapes || spec);
  return {
    holds: layers,
    weights: [],
    ...(isKnown && { shapes: (...shapes) => shapesOf(heldIn(...shapes)) }),
    init: (key, input, dtype, ...also) => {
      const made = heldIn(input, ...also).map(({ name, layer, reads }, i) => {
        const [first, ...others] = reads as [Shape, ...Shape[]];
        return [name, layer.init(foldIn(key, i), first, dtype, ...others)] as const;
      });
      return {
        params: Object.fromEntries(made.map(([name, { params }]) => [name, params])),
        state: Object.fromEntries(made.map(([name, { state }]) => [name, state])),
      };
    },
  };
}

function shapesOf(held: readonly Held[]): Readonly<Record<string, Shape>> {
  const shapes = held.flatMap(({ name, layer, reads }) => {
    const [first, ...also] = reads as [Shape, ...Shape[]];
    const own = Object.entries(layer.shapes?.(first, ...also) ?? {});
    return own.map(([path, shape]) => [`${name}/${path}`, shape] as const);
  });
  return Object.fromEntries(shapes);
}

/**
 * Runs one layer inside another.
 * @param variables of the layer that holds it
 * @param place of the layer among those beside it
 */
export function runHeld(
  name: string,
  layer: Layer,
  { params, state }: LayerVariables,
  x: Tensor,
  told: LayerContext,
  place: number,
): LayerResult {
  const own = { params: entryAt(params, name), state: entryAt(state, name) };
  const frozen = told.frozen === true || layer.trainable === false;
  const context = { ...told, frozen, key: foldIn(told.key, place), watch: undefined };
  return inside(name, () => scope(name, () => layer.apply(own, x, context)));
}

function entryAt(record: Params, name: string): Params {
  return Object.hasOwn(record, name) ? (record[name] as Params) : {};
}
