// The net input z = w x + b of one layer, computed again from what it reads.

import type { Placed } from "../../nn/network/network.ts";
import type { Tensor } from "../../runtime/values/tensor.ts";
import type { LayerSpec } from "../../spec/parts.ts";
import { type Convolve2dOptions, convolve2d } from "../../tensor/convolution.ts";
import { add } from "../../tensor/elementwise.ts";
import { matmul } from "../../tensor/linear.ts";
import type { Model } from "../../train/model/model.ts";
import { applyWith, layerSpecs } from "./layer-outputs.ts";

/**
 * A function of a batch that gives z of a dense or conv2d layer [rows, ...its output shape], and the
 * output of every other layer. Where a ReLU gives 0 and passes no gradient on, z still has one.
 */
export function netInputsOf(
  where: string,
  model: Model,
  layer: Placed,
): { readonly isNetInput: boolean; readonly of: (x: Tensor) => Tensor } {
  const isNetInput = layer.kind === "dense" || layer.kind === "conv2d";
  const spec = isNetInput ? layerSpecs(where, model).get(layer.name)! : null;
  const params = model.instance.params.tree;
  return {
    isNetInput,
    of: (x) => {
      const { layers } = applyWith(model, params, x);
      if (spec === null) return layers.get(layer.name)!;
      const read = layer.reads.length === 0 ? x : layers.get(layer.reads[0]!)!;
      const { w, b } = model.layer(layer.name);
      const product = layer.kind === "dense" ? matmul(read, w!) : convolve(read, w!, spec);
      return b ? add(product, b) : product;
    },
  };
}

function convolve(x: Tensor, w: Tensor, spec: LayerSpec): Tensor {
  const { strides = 1, padding = "valid", dilation = 1, groups = 1 } = spec as Convolve2dOptions;
  return convolve2d(x, w, { strides, padding, dilation, groups });
}
