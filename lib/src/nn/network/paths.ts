// Which parameters of a layer are weights and which are frozen, with those of the layers that it holds.

import { ArgumentError } from "../../checks/errors.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { Layer } from "../layers/layer.ts";
import { joinPath } from "./params.ts";

type Tensors = ReadonlyMap<string, Tensor>;

/**
 * Paths of the weights of one layer, as "dense1/w": as it says, else all that have two axes or more.
 * @param at the name of the layer, or its path
 * @param own its parameters by path
 * @throws ArgumentError where it names a weight that it has not
 */
export function weightPaths(at: string, layer: Layer, own: Tensors): string[] {
  const { holds = {}, weights } = layer;
  const unknown = weights?.find((path) => !own.has(path));
  if (unknown !== undefined) {
    const known = [...own.keys()].join(", ") || "none";
    throw new ArgumentError(
      `layer "${at}": its weights name "${unknown}"; its parameters are: ${known}`,
    );
  }
  const inside = Object.entries(holds).flatMap(([name, held]) =>
    weightPaths(joinPath(at, name), held, under(own, name)),
  );
  const isHeld = (path: string) => Object.keys(holds).some((name) => path.startsWith(`${name}/`));
  const chosen = weights ?? [...own.keys()].filter((p) => !isHeld(p) && own.get(p)!.rank >= 2);
  return [...chosen.map((path) => joinPath(at, path)), ...inside];
}

/** Paths of the parameters that fit() leaves as they are: of a frozen layer all, also inside. */
export function frozenPaths(at: string, layer: Layer, own: Tensors): string[] {
  if (layer.trainable === false) return [...own.keys()].map((path) => joinPath(at, path));
  return Object.entries(layer.holds ?? {}).flatMap(([name, held]) =>
    frozenPaths(joinPath(at, name), held, under(own, name)),
  );
}

function under(own: Tensors, name: string): Tensors {
  const inside = [...own].flatMap(([path, tensor]) =>
    path.startsWith(`${name}/`) ? [[path.slice(name.length + 1), tensor] as const] : [],
  );
  return new Map(inside);
}

/** @throws ArgumentError where one layer with parameters stands in two layers: it would be two layers */
export function expectSeparate(layers: readonly { name: string; layer: Layer }[]): void {
  const places = new Map<Layer, string>();
  const visit = (layer: Layer, path: string): void => {
    const first = places.get(layer);
    const isHeld = path.includes("/") || first?.includes("/"); // of other places tells who put them there
    if (first !== undefined && isHeld && "shapes" in layer) {
      throw new ArgumentError(
        `layer "${path}": it is the same layer as "${first}", with parameters that both would need. ` +
          "Make two layers; or let connect() name one layer twice, which shares it.",
      );
    }
    places.set(layer, path);
    for (const [name, held] of Object.entries(layer.holds ?? {})) visit(held, joinPath(path, name));
  };
  for (const { layer, name } of layers) visit(layer, name);
}
