// Kinds of layers by family: a page fetches the families that a specification names, when it names them.

import { fetchOps } from "../../ops/fetch.ts";
import { fetchNamed, fetchRows } from "../registry.ts";
import { CORE_KINDS } from "./core/kinds.ts";
import type { Layer } from "./layer.ts";
import type { Makers } from "./maker.ts";
import { MERGING_KINDS } from "./merging/kinds.ts";
import type { KindTable } from "./read.ts";
import { REGULARIZATION_KINDS } from "./regularization/kinds.ts";
import { RESHAPING_KINDS } from "./reshaping/kinds.ts";

interface Family {
  readonly kinds: readonly string[];
  readonly load: () => Promise<Makers<Layer>>;
}

/** What is there from the start. */
const FIRST: KindTable = {
  layers: { ...RESHAPING_KINDS, ...CORE_KINDS, ...REGULARIZATION_KINDS },
  merges: MERGING_KINDS,
};

const FAMILIES: readonly Family[] = [
  {
    kinds: ["prelu", "maxout"],
    load: async () => (await import("./core/learnt-kinds.ts")).LEARNT_KINDS,
  },
  {
    kinds: [
      "alphaDropout",
      "gaussianDropout",
      "gaussianNoise",
      "spatialDropout1d",
      "spatialDropout2d",
      "spatialDropout3d",
    ],
    load: async () => (await import("./regularization/noise-kinds.ts")).NOISE_KINDS,
  },
  {
    kinds: ["multiHeadAttention", "hopfield", "transformerBlock"],
    load: async () => (await import("./attention/kinds.ts")).ATTENTION_KINDS,
  },
  {
    kinds: ["timeDistributed", "bidirectional", "block", "residual", "lambda"],
    load: async () => (await import("./composite/kinds.ts")).COMPOSITE_KINDS,
  },
  {
    kinds: [
      "conv1d",
      "conv2d",
      "conv3d",
      "depthwiseConv1d",
      "depthwiseConv2d",
      "separableConv1d",
      "separableConv2d",
      "conv2dTranspose",
    ],
    load: async () => (await import("./convolution/kinds.ts")).CONVOLUTION_KINDS,
  },
  {
    kinds: ["embedding", "positionalEncoding", "positionEmbedding"],
    load: async () => (await import("./embedding/kinds.ts")).EMBEDDING_KINDS,
  },
  {
    kinds: ["gcn", "graphSage", "gat", "graphPool"],
    load: async () => (await import("./graph/kinds.ts")).GRAPH_KINDS,
  },
  {
    kinds: [
      "upsampling1d",
      "upsampling2d",
      "upsampling3d",
      "pixelShuffle",
      "zeroPadding1d",
      "zeroPadding2d",
      "zeroPadding3d",
      "cropping1d",
      "cropping2d",
      "cropping3d",
    ],
    load: async () => (await import("./reshaping/image-kinds.ts")).IMAGE_KINDS,
  },
  {
    kinds: ["batchNormalization", "layerNormalization", "groupNormalization", "rmsNormalization"],
    load: async () => (await import("./normalization/kinds.ts")).NORMALIZATION_KINDS,
  },
  {
    kinds: [
      "maxPool1d",
      "maxPool2d",
      "maxPool3d",
      "avgPool1d",
      "avgPool2d",
      "avgPool3d",
      "globalPool",
    ],
    load: async () => (await import("./pooling/kinds.ts")).POOLING_KINDS,
  },
  {
    kinds: ["tableFeatures", "normalization", "discretization", "categoryEncoding"],
    load: async () => (await import("./preprocessing/kinds.ts")).PREPROCESSING_KINDS,
  },
  {
    kinds: ["simpleRnn", "lstm", "gru"],
    load: async () => (await import("./recurrent/kinds.ts")).RECURRENT_KINDS,
  },
];

/**
 * The kinds that a specification names, at any depth, with those that are there from the start; activations
 * and initializers that it names are fetched with them. A kind of no family brings all of them, so that the error
 * of whoever reads the specification has every name.
 */
export async function kindsFor(spec: unknown): Promise<KindTable> {
  const fetched = fetchNamed(spec);
  const named = kindsIn(spec, new Set());
  const known = new Set([
    ...[...Object.keys(FIRST.layers), ...Object.keys(FIRST.merges), "network"],
    ...FAMILIES.flatMap(({ kinds }) => kinds),
  ]);
  const isKnown = [...named].every((kind) => known.has(kind));
  const wanted = FAMILIES.filter(({ kinds }) => !isKnown || kinds.some((kind) => named.has(kind)));
  // Their layers are made of more ops, and begin with what they do not name, as orthogonal weights.
  const parts = wanted.length > 0 ? [fetchOps(), fetchRows(["activation", "initializer"])] : [];
  const tables = await Promise.all(wanted.map(({ load }) => load()));
  await Promise.all([fetched, ...parts]);
  return { ...FIRST, layers: Object.assign({}, FIRST.layers, ...tables) };
}

/** Every text that stands under "kind": some too many cost a fetch, and none is missed. */
function kindsIn(value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== "object" || value === null) return found;
  for (const [name, inner] of Object.entries(value)) {
    if (name === "kind" && typeof inner === "string") found.add(inner);
    else kindsIn(inner, found);
  }
  return found;
}
