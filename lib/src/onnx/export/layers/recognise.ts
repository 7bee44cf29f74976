// Layers that readers of a file want to see under their names: which, and how they are found.

import type { Layer } from "../../../nn/layers/layer.ts";
import type { Recognise } from "../lower.ts";
import type { TracedFunction } from "../traced.ts";
import { writeBatchNormalization, writeLayerNormalization } from "./normalization.ts";
import { writeRecurrent } from "./recurrent.ts";
import { type LayerLowering, regionsOf } from "./regions.ts";

const LAYERS: Readonly<Record<string, LayerLowering>> = {
  lstm: writeRecurrent,
  gru: writeRecurrent,
  simpleRnn: writeRecurrent,
  batchNormalization: writeBatchNormalization,
  layerNormalization: writeLayerNormalization,
};

/** Writes each of these layers where its result is wanted, when all that it reads is there. */
export function recogniseLayers(
  { graph, args, reads }: TracedFunction,
  layers: Readonly<Record<string, Layer>>,
): Recognise {
  const names = new Map(
    reads.map((variable, i) => [graph.inputs[args + i]!, variable.name ?? ""] as const),
  );
  const regions = regionsOf(graph, layers, new Set(Object.keys(LAYERS)), names);
  return (site, node) => {
    const region = regions.get(node);
    if (!region) return [node];
    if (!node.outputs.includes(region.y)) return [];
    site.writer.path = node.path;
    return LAYERS[region.layer.kind]!(site, region) ? [] : region.nodes;
  };
}
