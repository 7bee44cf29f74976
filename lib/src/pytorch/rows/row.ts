// What a row of the table is, and what rows are made of.

import { ArgumentError } from "../../checks/errors.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import type { TensorRow } from "../tensor-row.ts";

/** A layer at its place in a model. */
export interface LayerSite {
  readonly kind: string;
  /** As in ["residual1", "layers", "dense1"]. */
  readonly path: readonly string[];
  /** Null where an activation is the user's own. */
  readonly spec: LayerSpec | null;
  /** Of one example, for each place that it reads. */
  readonly reads: readonly Shape[];
  /** Of its parameters, by their path in the layer. */
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** A module of PyTorch that a layer is, or a part of it. */
export interface ModuleRow {
  /** As in "Linear", without `nn.`. */
  readonly type: string;
  /** What follows the layer's name where the layer is several modules: "_depthwise", or ".linear1" inside one. */
  readonly part?: string;
  readonly tensors: readonly TensorRow[];
  /** Names that such a module has, where only its name tells it from others of the same shapes. */
  readonly called?: RegExp;
  /** What a file does not say and the numbers depend on. */
  readonly note?: string;
}

/** @throws ArgumentError for options that PyTorch has no like of */
export type LayerRow = (site: LayerSite) => readonly ModuleRow[];

/** A tensor of a module that is a parameter of the layer, its axes perhaps in another order. */
export function parameter(
  site: LayerSite,
  name: string,
  own: string,
  more: Pick<TensorRow, "perm" | "gates" | "view"> = {},
): TensorRow {
  const shape = more.view ?? site.shapes[own]!;
  const { perm } = more;
  return {
    name,
    of: [pathOf(site, own)],
    shape: perm ? perm.map((axis) => shape[axis]!) : shape,
    ...more,
  };
}

/** Where a parameter of the layer stands in files. */
export function pathOf(site: LayerSite, own: string, tree: "params" | "state" = "params"): string {
  return [tree, ...site.path, own].join("/");
}

/** A tensor that the module has and the layer has not. */
export function filledWith(name: string, filled: 0 | 1, shape: Shape): TensorRow {
  return { name, shape, of: [], filled };
}

/** @throws ArgumentError saying why a layer is no module of PyTorch */
export function refuseLayer({ path, kind }: LayerSite, why: string): never {
  throw new ArgumentError(`${path.join("/")}, of kind ${kind}: ${why}`);
}
