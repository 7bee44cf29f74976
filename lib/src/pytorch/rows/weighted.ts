// Rows of layers that multiply: their weights have the outputs first in PyTorch and last with us.

import { sizeOf } from "../../ir/shape.ts";
import { type LayerRow, type LayerSite, type ModuleRow, parameter, refuseLayer } from "./row.ts";

/** Axes [...window, in, out] as [out, in, ...window]; of a transposed convolution [...window, out, in] as [in, out, ...window]. */
const turned = (axes: number) => [
  axes - 1,
  axes - 2,
  ...Array.from({ length: axes - 2 }, (_, i) => i),
];

/** A weight and perhaps a bias, of the layer or under a name in it. */
export function weightAndBias(site: LayerSite, type: string, under = "", part?: string): ModuleRow {
  const [w, b] = [`${under}w`, `${under}b`];
  return {
    type,
    ...(part !== undefined && { part }),
    tensors: [
      parameter(site, "weight", w, { perm: turned(site.shapes[w]!.length) }),
      ...(site.shapes[b] ? [parameter(site, "bias", b)] : []),
    ],
  };
}

const as =
  (type: string): LayerRow =>
  (site) => [weightAndBias(site, type)];

const separable =
  (type: string): LayerRow =>
  (site) => [
    weightAndBias(site, type, "depthwise/", "_depthwise"),
    weightAndBias(site, type, "pointwise/", "_pointwise"),
  ];

export const WEIGHTED_ROWS: Readonly<Record<string, LayerRow>> = {
  dense: as("Linear"),
  maxout: as("Linear"),
  conv1d: as("Conv1d"),
  conv2d: as("Conv2d"),
  conv3d: as("Conv3d"),
  depthwiseConv1d: as("Conv1d"),
  depthwiseConv2d: as("Conv2d"),
  separableConv1d: separable("Conv1d"),
  separableConv2d: separable("Conv2d"),
  conv2dTranspose: as("ConvTranspose2d"),
  embedding: (site) => [{ type: "Embedding", tensors: [parameter(site, "weight", "w")] }],
  positionEmbedding: (site) => [{ type: "Embedding", tensors: [parameter(site, "weight", "w")] }],
  prelu: (site) => {
    const { alpha } = site.shapes;
    const size = sizeOf(alpha!);
    if (size !== 1 && size !== alpha!.at(-1)) {
      refuseLayer(site, "PyTorch's PReLU has one slope, or one for each channel");
    }
    return [{ type: "PReLU", tensors: [parameter(site, "weight", "alpha", { view: [size] })] }];
  },
};
