// A network: layers put together, with named places for their variables. What a Model trains.

import type { Shape } from "../../ir/shape.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { NetworkSpec } from "../../spec/parts.ts";
import type { Key } from "../../tensor/random.ts";
import type {
  FloatDType,
  Layer,
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
  /** False where fit() leaves its parameters as they are. */
  readonly trainable?: boolean;
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
  /** For each input whether NaN in it is a gap, which the layers that read it fill. */
  readonly readsGaps: readonly boolean[];
  /** Names of the layers that the outputs come from; a layer that is one twice has its number behind it. */
  readonly outputNames: readonly string[];
  readonly placed: readonly Placed[];
  /** Its layers by name, merges apart; one that stands in several places by the name of the first. */
  readonly layers: Readonly<Record<string, Layer>>;
  /** The shapes of its parameters by path; null where a layer of the user's own does not tell them. */
  readonly shapes: Readonly<Record<string, Shape>> | null;
  /** Null if it holds a layer of the user's own. */
  readonly spec: NetworkSpec | null;
  /** @throws ShapeError, before anything is made, for more parameters than an engine can hold */
  init(key: Key, dtype: FloatDType): LayerVariables;
  /**
   * Paths of the parameters that a regularizer penalises, as "dense1/w".
   * @param params what init() made, or a tree like it
   */
  weights(params: Params): ReadonlySet<string>;
  /** Paths of the parameters that fit() leaves as they are. */
  frozen(params: Params): ReadonlySet<string>;
  /**
   * The same network with some layers frozen, or no longer so.
   * @param names of layers as in `placed`; where a layer stands in several places, all of it changes
   */
  trainable(names: readonly string[], isTrainable: boolean): Network;
  apply(
    variables: LayerVariables,
    inputs: readonly Tensor[],
    context: NetworkContext,
  ): NetworkResult;
}
