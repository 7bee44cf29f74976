// A network: layers put together, with named places for their variables. What a Model trains.

import type { Shape } from "../ir/shape.ts";
import type { Tensor } from "../runtime/tensor.ts";
import type { Key } from "../tensor/random.ts";
import type {
  FloatDType,
  LayerContext,
  LayerResult,
  LayerSpec,
  LayerVariables,
} from "./layers/layer.ts";

/** One layer at its place. */
export interface Placed {
  readonly name: string;
  readonly kind: string;
  readonly outputShape: Shape;
  /** Names of the layers it reads; empty for the first of a chain. */
  readonly reads: readonly string[];
}

export interface NetworkResult {
  readonly outputs: readonly LayerResult[];
  readonly state: LayerVariables["state"];
  /** What every layer gave, by its name, in the order in which they ran. */
  readonly layers: ReadonlyMap<string, Tensor>;
}

/** How a network is written down. */
export type NetworkSpec =
  | { readonly layers: readonly LayerSpec[] }
  | {
      readonly inputs: readonly string[];
      readonly outputs: readonly string[];
      readonly nodes: readonly (LayerSpec & {
        readonly id: string;
        readonly reads: readonly string[];
      })[];
    };

export interface Network {
  /** Shapes of one example. */
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly placed: readonly Placed[];
  /** Null if it holds a layer of the user's own. */
  readonly spec: NetworkSpec | null;
  init(key: Key, dtype: FloatDType): LayerVariables;
  apply(variables: LayerVariables, inputs: readonly Tensor[], context: LayerContext): NetworkResult;
}

/** Names for layers in order: the user's own, else kind and number ("dense1", "dense2"). */
export function nameLayers(
  layers: readonly { readonly kind: string; readonly name?: string | undefined }[],
): string[] {
  const counts = new Map<string, number>();
  return layers.map(({ kind, name }) => {
    if (name !== undefined) return name;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}${count}`;
  });
}
