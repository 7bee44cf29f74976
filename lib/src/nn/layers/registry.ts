// Layers from their specifications, of every kind there is: the inverse of `layer.spec`.

import { heldLayer, heldLayers } from "./arguments.ts";
import { ATTENTION_KINDS } from "./attention/kinds.ts";
import { COMPOSITE_KINDS } from "./composite/kinds.ts";
import { CONVOLUTION_KINDS } from "./convolution/kinds.ts";
import { CORE_KINDS } from "./core/kinds.ts";
import { LEARNT_KINDS } from "./core/learnt-kinds.ts";
import { EMBEDDING_KINDS } from "./embedding/kinds.ts";
import { GRAPH_KINDS } from "./graph/kinds.ts";
import type { Layer, LayerSpec } from "./layer.ts";
import type { LayerReading } from "./maker.ts";
import { MERGING_KINDS } from "./merging/kinds.ts";
import type { Merge } from "./merging/merge.ts";
import { NORMALIZATION_KINDS } from "./normalization/kinds.ts";
import { POOLING_KINDS } from "./pooling/kinds.ts";
import { PREPROCESSING_KINDS } from "./preprocessing/kinds.ts";
import { find, type KindTable, readLayer, readMerge } from "./read.ts";
import { RECURRENT_KINDS } from "./recurrent/kinds.ts";
import { REGULARIZATION_KINDS } from "./regularization/kinds.ts";
import { NOISE_KINDS } from "./regularization/noise-kinds.ts";
import { IMAGE_KINDS } from "./reshaping/image-kinds.ts";
import { RESHAPING_KINDS } from "./reshaping/kinds.ts";

export type { LayerReading } from "./maker.ts";

export const ALL_KINDS: KindTable = {
  layers: {
    ...RESHAPING_KINDS,
    ...CORE_KINDS,
    ...REGULARIZATION_KINDS,
    ...NOISE_KINDS,
    ...LEARNT_KINDS,
    ...NORMALIZATION_KINDS,
    ...EMBEDDING_KINDS,
    ...ATTENTION_KINDS,
    ...GRAPH_KINDS,
    ...CONVOLUTION_KINDS,
    ...POOLING_KINDS,
    ...PREPROCESSING_KINDS,
    ...IMAGE_KINDS,
    ...RECURRENT_KINDS,
    ...COMPOSITE_KINDS,
  },
  merges: MERGING_KINDS,
};

/**
 * @throws ArgumentError for an unknown kind, with the nearest known one, and for arguments that the
 * layer does not take; of a layer inside another with the path to it
 */
export function layerFromSpec(spec: LayerSpec, reading: LayerReading = {}): Layer {
  return readLayer(ALL_KINDS, spec, reading);
}

/**
 * The merge that a specification names, as { kind: "add" }.
 * @throws ArgumentError for an unknown kind, and for arguments that the merge does not take
 */
export function mergeFromSpec(spec: LayerSpec): Merge {
  return readMerge(ALL_KINDS, spec);
}

/** How a layer of a kind is made in code: `maker(...leading, options)`. */
export interface LayerCall {
  readonly maker: string;
  readonly leading: readonly string[];
  /** Arguments that hold layers. */
  readonly holds: readonly string[];
}

/**
 * How the function of a kind of layer is called, for code that is written.
 * @throws ArgumentError for an unknown kind
 */
export function layerCall(kind: string): LayerCall {
  const { signature, called = kind } = find(
    "layer",
    { ...ALL_KINDS.layers, ...ALL_KINDS.merges },
    kind,
  );
  const { leading, options } = signature;
  const kinds = Object.entries<unknown>({ ...leading, ...options });
  const holds = kinds.filter(([, kind]) => kind === heldLayer || kind === heldLayers);
  return {
    maker: called,
    leading: Object.keys(leading),
    holds: holds.map(([name]) => name),
  };
}
