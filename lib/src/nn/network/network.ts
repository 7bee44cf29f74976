// A network: layers put together, with named places for their variables. What a Model trains.

import type { Shape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { NetworkSpec } from "../../spec/parts.ts";
import type { Key } from "../../tensor/random.ts";
import type {
  FloatDType,
  LayerContext,
  LayerResult,
  LayerVariables,
  Params,
  Watch,
} from "../layers/layer.ts";

/** One layer at its place. */
export interface Placed {
  readonly name: string;
  readonly kind: string;
  readonly outputShape: Shape;
  /** Names of the layers it reads; empty for the first of a chain. */
  readonly reads: readonly string[];
  /** The place under whose name its variables are, where a layer stands in several. */
  readonly shares?: string;
}

/** What a network is told when it is applied: what its layers are told, and who looks at which of them. */
export interface NetworkContext extends Omit<LayerContext, "watch"> {
  /** As a layer's own `watch`, with the name of the layer first. */
  readonly watch?: (layer: string, ...seen: Parameters<Watch>) => Tensor;
}

export interface NetworkResult {
  readonly outputs: readonly LayerResult[];
  readonly state: LayerVariables["state"];
  /** What every layer gave, by its name, in the order in which they ran. */
  readonly layers: ReadonlyMap<string, Tensor>;
}

/** Layers put together, without numbers: init() makes the parameters, apply() computes. */
export interface Network {
  /** Shapes of one example. */
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly placed: readonly Placed[];
  /** Null if it holds a layer of the user's own. */
  readonly spec: NetworkSpec | null;
  /** @throws ShapeError, before anything is made, for more parameters than an engine can hold */
  init(key: Key, dtype: FloatDType): LayerVariables;
  /**
   * Paths of the parameters that a regularizer penalises, as "dense1/w".
   * @param params what init() made, or a tree like it
   */
  weights(params: Params): ReadonlySet<string>;
  apply(
    variables: LayerVariables,
    inputs: readonly Tensor[],
    context: NetworkContext,
  ): NetworkResult;
}
