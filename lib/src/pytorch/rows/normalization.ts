// Rows of normalisation layers: scale and offset, and running statistics.

import { EPSILON } from "../../nn/layers/normalization/normalize.ts";
import type { TensorRow } from "../tensor-row.ts";
import { filledWith, type LayerRow, type LayerSite, parameter, pathOf } from "./row.ts";

/** How many batches there were, which our layers do not count. */
const COUNTER: TensorRow = { ...filledWith("num_batches_tracked", 0, []), isCounter: true };

/** PyTorch's modules have both or none. */
function affine(site: LayerSite): TensorRow[] {
  const { scale, offset } = site.shapes;
  const shape = scale ?? offset;
  if (!shape) return [];
  return [
    scale ? parameter(site, "weight", "scale") : filledWith("weight", 1, shape),
    offset ? parameter(site, "bias", "offset") : filledWith("bias", 0, shape),
  ];
}

/** Files hold no epsilon; that of a layer is often not the one that the weights were learnt with. */
function epsilonNote({ spec }: LayerSite, ours: number, theirs: string): { note?: string } {
  const epsilon = spec?.["epsilon"];
  if (epsilon !== undefined || spec === null) return {};
  return {
    note: `epsilon is ${ours} here and ${theirs} in PyTorch unless its program says another`,
  };
}

const normalized =
  (type: string): LayerRow =>
  (site) => [{ type, tensors: affine(site), ...epsilonNote(site, EPSILON, "1e-5") }];

export const NORMALIZATION_ROWS: Readonly<Record<string, LayerRow>> = {
  batchNormalization: (site) => {
    const features = site.reads[0]!.slice(-1);
    const running = (name: string, own: string): TensorRow => {
      return { name, shape: features, of: [pathOf(site, own, "state")] };
    };
    const axes = Math.max(site.reads[0]!.length - 1, 1);
    return [
      {
        type: `BatchNorm${axes}d`,
        tensors: [
          ...affine(site),
          running("running_mean", "mean"),
          running("running_var", "variance"),
          COUNTER,
        ],
        ...epsilonNote(site, EPSILON, "1e-5"),
      },
    ];
  },
  layerNormalization: normalized("LayerNorm"),
  groupNormalization: normalized("GroupNorm"),
  rmsNormalization: (site) => [
    {
      type: "RMSNorm",
      tensors: site.shapes["scale"] ? [parameter(site, "weight", "scale")] : [],
      ...epsilonNote(site, 1e-6, "the type's own epsilon, 1.2e-7,"),
    },
  ],
};
