// Layers one after the other as one layer: a part of a network that is used like any other.

import type { Fn, Shape } from "../../../shapes/index.ts";
import { expectSignature, heldLayers, LAYER, type LayerSignature } from "../arguments.ts";
import { type InputShape, type Layer, type LayerOptions, specOf } from "../layer.ts";
import { type ChainOut, chained } from "./chained.ts";

/** What a chain of layers makes of a shape. */
export interface Block<L extends readonly unknown[]> extends Fn {
  readonly out: ChainOut<this["in"], L>;
}

export const BLOCK: LayerSignature<LayerOptions> = {
  leading: { layers: heldLayers },
  options: LAYER,
};

/**
 * Layers one after the other as one layer, as a Sequential inside a model in Keras and PyTorch. Their
 * variables stand under their names, as "block1/dense2/w".
 * @throws ArgumentError for an empty list, for what is no layer, and for one layer given twice
 * @throws ShapeError naming the first layer that does not fit
 */
export function block<const L extends readonly Layer[], const I extends Shape = any>(
  layers: L,
  options: LayerOptions<I> = {},
): Layer<Block<L>, InputShape<I>> {
  expectSignature("block", BLOCK, [layers], options);
  const { run, ...chain } = chained("block", layers);
  return {
    kind: "block",
    name: options.name,
    inputShape: options.inputShape as never,
    trainable: options.trainable,
    spec: specOf("block", { layers, ...options }),
    ...chain,
    readsGaps: layers[0]?.readsGaps,
    apply: run,
  };
}
