// Batch and layer normalisation as the nodes of their names.

import type { DType } from "../../../ir/dtype.ts";
import type { Value } from "../../../ir/graph.ts";
import { EPSILON } from "../../../nn/layers/normalization/normalize.ts";
import { type Site, typedArray } from "../site.ts";
import type { LayerLowering, Region } from "./regions.ts";

const epsilonOf = ({ layer }: Region): number => {
  const { epsilon } = layer.spec as { readonly epsilon?: number };
  return epsilon ?? EPSILON;
};

/** A variable, or the same number for each feature where the layer was told to leave it out. */
function perFeature(site: Site, value: Value | undefined, number: number, like: Value): string {
  if (value) return site.whole(value);
  const length = like.type.shape.at(-1)!;
  const dtype: DType = like.type.dtype;
  const numbers = new Array<number>(length).fill(number);
  return site.writer.small({ type: dtype, dims: [length], data: typedArray(dtype, numbers) });
}

/** By running statistics. ONNX has features behind the batch, ours are last. */
export const writeBatchNormalization: LayerLowering = (site, region) => {
  const { layer, x, y, variables } = region;
  const { mean, variance, scale, offset } = variables;
  const rank = x.type.shape.length;
  if (!layer.spec || !mean || !variance || rank < 2 || x.type.dtype !== "float32") return false;
  const others = Array.from({ length: rank - 2 }, (_, i) => i + 1);
  const { writer } = site;
  const result = site.node(
    "BatchNormalization",
    [
      writer.transpose(site.whole(x), [0, rank - 1, ...others]),
      perFeature(site, scale, 1, x),
      perFeature(site, offset, 0, x),
      site.whole(mean),
      site.whole(variance),
    ],
    { epsilon: { float: epsilonOf(region) } },
  );
  site.set(y, writer.transpose(result, [0, ...others.map((axis) => axis + 1), 1]));
  return true;
};

/** By the mean and the variance of each example's last axis. */
export const writeLayerNormalization: LayerLowering = (site, region) => {
  const { layer, x, y, variables } = region;
  if (!layer.spec || x.type.dtype !== "float32") return false;
  const operands = [
    site.whole(x),
    perFeature(site, variables["scale"], 1, x),
    perFeature(site, variables["offset"], 0, x),
  ];
  const attributes = { axis: -1, epsilon: { float: epsilonOf(region) } };
  site.set(y, site.node("LayerNormalization", operands, attributes));
  return true;
};
