// Layers from their specifications: the inverse of `layer.spec`.

import { expectOptions, type Kinds, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import type { LayerSignature } from "./arguments.ts";
import { MULTI_HEAD_ATTENTION, multiHeadAttention } from "./attention/multi-head-attention.ts";
import { TRANSFORMER_BLOCK, transformerBlock } from "./attention/transformer-block.ts";
import { CONV1D, CONV2D, conv1d, conv2d } from "./convolution/conv.ts";
import { CONV2D_TRANSPOSE, conv2dTranspose } from "./convolution/conv-transpose.ts";
import { ACTIVATION, activation } from "./core/activation.ts";
import { DENSE, dense } from "./core/dense.ts";
import { MAXOUT, maxout } from "./core/maxout.ts";
import { PRELU, prelu } from "./core/prelu.ts";
import { RESCALING, rescaling } from "./core/rescaling.ts";
import { EMBEDDING, embedding } from "./embedding/embedding.ts";
import {
  POSITION_EMBEDDING,
  POSITIONAL_ENCODING,
  positionalEncoding,
  positionEmbedding,
} from "./embedding/positions.ts";
import type { Layer, LayerSpec } from "./layer.ts";
import {
  addLayer,
  averageLayer,
  concatenateLayer,
  MERGE,
  type Merge,
  multiplyLayer,
} from "./merging/merge.ts";
import { BATCH_NORMALIZATION, batchNormalization } from "./normalization/batch-normalization.ts";
import { GROUP_NORMALIZATION, groupNormalization } from "./normalization/group-normalization.ts";
import {
  LAYER_NORMALIZATION,
  layerNormalization,
  RMS_NORMALIZATION,
  rmsNormalization,
} from "./normalization/layer-normalization.ts";
import { avgPool2d, GLOBAL_POOL, globalPool, maxPool2d, POOL2D } from "./pooling/pool.ts";
import { GRU, gru } from "./recurrent/gru.ts";
import { LSTM, lstm } from "./recurrent/lstm.ts";
import { RECURRENT } from "./recurrent/recurrent.ts";
import { simpleRnn } from "./recurrent/simple-rnn.ts";
import { DROPOUT, dropout } from "./regularization/dropout.ts";
import { FLATTEN, flatten, INPUT, inputLayer, RESHAPE, reshapeLayer } from "./reshaping/flatten.ts";

/** How a kind of layer is made. */
interface Maker<L extends Layer | Merge> {
  readonly signature: LayerSignature<any>;
  // What it is passed has been checked.
  readonly make: (...args: any[]) => L;
  /** The name of its function, where that is not the kind. */
  readonly called?: string;
}

const LAYERS: Readonly<Record<string, Maker<Layer>>> = {
  input: { signature: INPUT, make: inputLayer, called: "inputLayer" },
  dense: { signature: DENSE, make: dense },
  activation: { signature: ACTIVATION, make: activation },
  dropout: { signature: DROPOUT, make: dropout },
  flatten: { signature: FLATTEN, make: flatten },
  reshape: { signature: RESHAPE, make: reshapeLayer, called: "reshapeLayer" },
  rescaling: { signature: RESCALING, make: rescaling },
  prelu: { signature: PRELU, make: prelu },
  maxout: { signature: MAXOUT, make: maxout },
  batchNormalization: { signature: BATCH_NORMALIZATION, make: batchNormalization },
  layerNormalization: { signature: LAYER_NORMALIZATION, make: layerNormalization },
  groupNormalization: { signature: GROUP_NORMALIZATION, make: groupNormalization },
  rmsNormalization: { signature: RMS_NORMALIZATION, make: rmsNormalization },
  embedding: { signature: EMBEDDING, make: embedding },
  positionalEncoding: { signature: POSITIONAL_ENCODING, make: positionalEncoding },
  positionEmbedding: { signature: POSITION_EMBEDDING, make: positionEmbedding },
  multiHeadAttention: { signature: MULTI_HEAD_ATTENTION, make: multiHeadAttention },
  transformerBlock: { signature: TRANSFORMER_BLOCK, make: transformerBlock },
  conv1d: { signature: CONV1D, make: conv1d },
  conv2d: { signature: CONV2D, make: conv2d },
  conv2dTranspose: { signature: CONV2D_TRANSPOSE, make: conv2dTranspose },
  maxPool2d: { signature: POOL2D, make: maxPool2d },
  avgPool2d: { signature: POOL2D, make: avgPool2d },
  globalPool: { signature: GLOBAL_POOL, make: globalPool },
  simpleRnn: { signature: RECURRENT, make: simpleRnn },
  lstm: { signature: LSTM, make: lstm },
  gru: { signature: GRU, make: gru },
};

const MERGES: Readonly<Record<string, Maker<Merge>>> = {
  add: { signature: MERGE, make: addLayer, called: "addLayer" },
  multiply: { signature: MERGE, make: multiplyLayer, called: "multiplyLayer" },
  average: { signature: MERGE, make: averageLayer, called: "averageLayer" },
  concatenate: { signature: MERGE, make: concatenateLayer, called: "concatenateLayer" },
};

/**
 * @throws ArgumentError for an unknown kind, with the nearest known one, and for arguments that the
 * layer does not take
 */
export function layerFromSpec(spec: LayerSpec): Layer {
  return fromSpec("layer", LAYERS, spec);
}

/** @throws ArgumentError for an unknown kind, and for arguments that the merge does not take */
export function mergeFromSpec(spec: LayerSpec): Merge {
  return fromSpec("merge layer", MERGES, spec);
}

/** A layer or a merge, as a node of a graph may be either. */
export function nodeFromSpec(spec: LayerSpec): Layer | Merge {
  return fromSpec<Layer | Merge>("layer", { ...LAYERS, ...MERGES }, spec);
}

/** How a layer of a kind is made in code: `maker(...leading, options)`. */
export interface LayerCall {
  readonly maker: string;
  readonly leading: readonly string[];
}

/** @throws ArgumentError for an unknown kind */
export function layerCall(kind: string): LayerCall {
  const { signature, called = kind } = find("layer", { ...LAYERS, ...MERGES }, kind);
  return { maker: called, leading: Object.keys(signature.leading) };
}

function fromSpec<L extends Layer | Merge>(
  what: string,
  makers: Readonly<Record<string, Maker<L>>>,
  spec: LayerSpec,
): L {
  if (typeof spec !== "object" || spec === null) {
    throw new ArgumentError(`Expected the specification of a ${what}, received ${show(spec)}.`);
  }
  const { kind, ...args } = spec;
  const { signature, make } = find(what, makers, kind);
  const leading = Object.keys(signature.leading);
  const kinds: Kinds<any> = { ...signature.leading, ...signature.options };
  expectOptions<any>(kind, args, kinds, leading);
  const options = Object.entries(args).filter(([name]) => !leading.includes(name));
  return make(...leading.map((name) => args[name]), Object.fromEntries(options));
}

function find<M>(what: string, makers: Readonly<Record<string, M>>, kind: unknown): M {
  if (typeof kind !== "string") {
    throw new ArgumentError(`Expected the kind of a ${what}, received ${show(kind)}.`);
  }
  if (!Object.hasOwn(makers, kind)) throw unknownName(what, kind, Object.keys(makers));
  return makers[kind]!;
}
