// Layers from their specifications: the inverse of `layer.spec`.

import { expectOptions, type Kinds, show } from "../../checks/arguments.ts";
import { ArgumentError } from "../../checks/errors.ts";
import { unknownName } from "../../checks/nearest.ts";
import { DEEPEST, isDeep } from "../../formats/json.ts";
import { heldLayer, heldLayers, type LayerSignature } from "./arguments.ts";
import { HOPFIELD, hopfield } from "./attention/hopfield.ts";
import { MULTI_HEAD_ATTENTION, multiHeadAttention } from "./attention/multi-head-attention.ts";
import { TRANSFORMER_BLOCK, transformerBlock } from "./attention/transformer-block.ts";
import { BIDIRECTIONAL, bidirectional } from "./composite/bidirectional.ts";
import { BLOCK, block } from "./composite/block.ts";
import { inside } from "./composite/held.ts";
import { LAMBDA, lambda } from "./composite/lambda.ts";
import { RESIDUAL, residual } from "./composite/residual.ts";
import { TIME_DISTRIBUTED, timeDistributed } from "./composite/time-distributed.ts";
import { CONV1D, CONV2D, CONV3D, conv1d, conv2d, conv3d } from "./convolution/conv.ts";
import { CONV2D_TRANSPOSE, conv2dTranspose } from "./convolution/conv-transpose.ts";
import {
  DEPTHWISE_CONV1D,
  DEPTHWISE_CONV2D,
  depthwiseConv1d,
  depthwiseConv2d,
} from "./convolution/depthwise-conv.ts";
import {
  SEPARABLE_CONV1D,
  SEPARABLE_CONV2D,
  separableConv1d,
  separableConv2d,
} from "./convolution/separable-conv.ts";
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
import { GAT, gat } from "./graph/gat.ts";
import { GCN, gcn } from "./graph/gcn.ts";
import { GRAPH_POOL, graphPool } from "./graph/graph-pool.ts";
import { GRAPH_SAGE, graphSage } from "./graph/graph-sage.ts";
import type { FloatDType, Layer, LayerSpec } from "./layer.ts";
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
import { GLOBAL_POOL, globalPool } from "./pooling/global-pool.ts";
import {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  POOL1D,
  POOL2D,
  POOL3D,
} from "./pooling/pool.ts";
import { GRU, gru } from "./recurrent/gru.ts";
import { LSTM, lstm } from "./recurrent/lstm.ts";
import { RECURRENT } from "./recurrent/recurrent.ts";
import { simpleRnn } from "./recurrent/simple-rnn.ts";
import { DROPOUT, dropout } from "./regularization/dropout.ts";
import {
  alphaDropout,
  GAUSSIAN_NOISE,
  gaussianDropout,
  gaussianNoise,
  RANDOM_SHARE,
} from "./regularization/noise.ts";
import {
  SPATIAL_DROPOUT,
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
} from "./regularization/spatial-dropout.ts";
import {
  CROPPING1D,
  CROPPING2D,
  CROPPING3D,
  cropping1d,
  cropping2d,
  cropping3d,
  ZERO_PADDING1D,
  ZERO_PADDING2D,
  ZERO_PADDING3D,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from "./reshaping/borders.ts";
import { FLATTEN, flatten, INPUT, inputLayer, RESHAPE, reshapeLayer } from "./reshaping/flatten.ts";
import {
  PIXEL_SHUFFLE,
  pixelShuffle,
  UPSAMPLING1D,
  UPSAMPLING2D,
  UPSAMPLING3D,
  upsampling1d,
  upsampling2d,
  upsampling3d,
} from "./reshaping/upsampling.ts";

/** How a kind of layer is made. */
export interface Maker<L extends Layer | Merge> {
  readonly signature: LayerSignature<any>;
  // What it is passed has been checked.
  readonly make: (...args: any[]) => L;
  /** The name of its function, where that is not the kind. */
  readonly called?: string;
  /** Arguments that specifications write in another way: how they are read. */
  readonly revive?: Readonly<Record<string, (written: any, reading: LayerReading) => unknown>>;
}

/** How specifications are read, where it is not said by themselves. */
export interface LayerReading {
  /** What the model computes in: a layer that makes floats of its inputs makes these; else "float32". */
  readonly dtype?: FloatDType;
  /** Kinds of layers besides those of the table. */
  readonly others?: Readonly<Record<string, Maker<Layer>>>;
}

const LAYERS: Readonly<Record<string, Maker<Layer>>> = {
  input: { signature: INPUT, make: inputLayer, called: "inputLayer" },
  dense: { signature: DENSE, make: dense },
  activation: { signature: ACTIVATION, make: activation },
  dropout: { signature: DROPOUT, make: dropout },
  alphaDropout: { signature: RANDOM_SHARE, make: alphaDropout },
  gaussianDropout: { signature: RANDOM_SHARE, make: gaussianDropout },
  gaussianNoise: { signature: GAUSSIAN_NOISE, make: gaussianNoise },
  spatialDropout1d: { signature: SPATIAL_DROPOUT, make: spatialDropout1d },
  spatialDropout2d: { signature: SPATIAL_DROPOUT, make: spatialDropout2d },
  spatialDropout3d: { signature: SPATIAL_DROPOUT, make: spatialDropout3d },
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
  hopfield: { signature: HOPFIELD, make: hopfield },
  transformerBlock: { signature: TRANSFORMER_BLOCK, make: transformerBlock },
  gcn: { signature: GCN, make: gcn },
  graphSage: { signature: GRAPH_SAGE, make: graphSage },
  gat: { signature: GAT, make: gat },
  graphPool: { signature: GRAPH_POOL, make: graphPool },
  conv1d: { signature: CONV1D, make: conv1d },
  conv2d: { signature: CONV2D, make: conv2d },
  conv3d: { signature: CONV3D, make: conv3d },
  depthwiseConv1d: { signature: DEPTHWISE_CONV1D, make: depthwiseConv1d },
  depthwiseConv2d: { signature: DEPTHWISE_CONV2D, make: depthwiseConv2d },
  separableConv1d: { signature: SEPARABLE_CONV1D, make: separableConv1d },
  separableConv2d: { signature: SEPARABLE_CONV2D, make: separableConv2d },
  conv2dTranspose: { signature: CONV2D_TRANSPOSE, make: conv2dTranspose },
  maxPool1d: { signature: POOL1D, make: maxPool1d },
  maxPool2d: { signature: POOL2D, make: maxPool2d },
  maxPool3d: { signature: POOL3D, make: maxPool3d },
  avgPool1d: { signature: POOL1D, make: avgPool1d },
  avgPool2d: { signature: POOL2D, make: avgPool2d },
  avgPool3d: { signature: POOL3D, make: avgPool3d },
  globalPool: { signature: GLOBAL_POOL, make: globalPool },
  upsampling1d: { signature: UPSAMPLING1D, make: upsampling1d },
  upsampling2d: { signature: UPSAMPLING2D, make: upsampling2d },
  upsampling3d: { signature: UPSAMPLING3D, make: upsampling3d },
  pixelShuffle: { signature: PIXEL_SHUFFLE, make: pixelShuffle },
  zeroPadding1d: { signature: ZERO_PADDING1D, make: zeroPadding1d },
  zeroPadding2d: { signature: ZERO_PADDING2D, make: zeroPadding2d },
  zeroPadding3d: { signature: ZERO_PADDING3D, make: zeroPadding3d },
  cropping1d: { signature: CROPPING1D, make: cropping1d },
  cropping2d: { signature: CROPPING2D, make: cropping2d },
  cropping3d: { signature: CROPPING3D, make: cropping3d },
  simpleRnn: { signature: RECURRENT, make: simpleRnn },
  lstm: { signature: LSTM, make: lstm },
  gru: { signature: GRU, make: gru },
  timeDistributed: { signature: TIME_DISTRIBUTED, make: timeDistributed },
  bidirectional: { signature: BIDIRECTIONAL, make: bidirectional },
  block: { signature: BLOCK, make: block },
  residual: { signature: RESIDUAL, make: residual },
  lambda: { signature: LAMBDA, make: lambda },
};

const MERGES: Readonly<Record<string, Maker<Merge>>> = {
  add: { signature: MERGE, make: addLayer, called: "addLayer" },
  multiply: { signature: MERGE, make: multiplyLayer, called: "multiplyLayer" },
  average: { signature: MERGE, make: averageLayer, called: "averageLayer" },
  concatenate: { signature: MERGE, make: concatenateLayer, called: "concatenateLayer" },
};

/**
 * @throws ArgumentError for an unknown kind, with the nearest known one, and for arguments that the
 * layer does not take; of a layer inside another with the path to it
 */
export function layerFromSpec(spec: LayerSpec, reading: LayerReading = {}): Layer {
  return fromSpec("layer", { ...LAYERS, ...reading.others }, spec, reading);
}

/** @throws ArgumentError for an unknown kind, and for arguments that the merge does not take */
export function mergeFromSpec(spec: LayerSpec): Merge {
  return fromSpec("merge layer", MERGES, spec, {});
}

/** A layer or a merge, as a node of a graph may be either. */
export function nodeFromSpec(spec: LayerSpec, reading: LayerReading = {}): Layer | Merge {
  return fromSpec<Layer | Merge>(
    "layer",
    { ...LAYERS, ...MERGES, ...reading.others },
    spec,
    reading,
  );
}

/** How a layer of a kind is made in code: `maker(...leading, options)`. */
export interface LayerCall {
  readonly maker: string;
  readonly leading: readonly string[];
  /** Arguments that hold layers. */
  readonly holds: readonly string[];
}

/** @throws ArgumentError for an unknown kind */
export function layerCall(kind: string): LayerCall {
  const { signature, called = kind } = find("layer", { ...LAYERS, ...MERGES }, kind);
  const { leading, options } = signature;
  const kinds = Object.entries<unknown>({ ...leading, ...options });
  const holds = kinds.filter(([, kind]) => kind === heldLayer || kind === heldLayers);
  return {
    maker: called,
    leading: Object.keys(leading),
    holds: holds.map(([name]) => name),
  };
}

function fromSpec<L extends Layer | Merge>(
  what: string,
  makers: Readonly<Record<string, Maker<L>>>,
  spec: LayerSpec,
  reading: LayerReading,
): L {
  if (typeof spec !== "object" || spec === null) {
    throw new ArgumentError(`Expected the specification of a ${what}, received ${show(spec)}.`);
  }
  if (isDeep(spec)) {
    throw new ArgumentError(`The specification of a ${what} nests deeper than ${DEEPEST}.`);
  }
  const { kind, ...written } = spec;
  const { signature, make, revive = {} } = find(what, makers, kind);
  const leading = Object.keys(signature.leading);
  const kinds: Kinds<any> = { ...signature.leading, ...signature.options };
  // A model of doubles has the layer that turns bytes into floats make doubles of them.
  const isTold = kind === "rescaling" && reading.dtype === "float64";
  const given = isTold ? { dtype: reading.dtype, ...written } : written;
  const args: Record<string, unknown> = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const own = Object.hasOwn(revive, name) && revive[name];
      if (own) return [name, inside(name, () => own(value, reading))];
      return [name, revived(Object.hasOwn(kinds, name) ? kinds[name] : null, name, value, reading)];
    }),
  );
  expectOptions<any>(kind, args, kinds, leading);
  const options = Object.entries(args).filter(([name]) => !leading.includes(name));
  return make(...leading.map((name) => args[name]), Object.fromEntries(options));
}

/** An argument as its function takes it: layers out of specifications. */
function revived(kind: unknown, name: string, value: unknown, reading: LayerReading): unknown {
  const read = (spec: unknown, at: string) =>
    inside(at, () => layerFromSpec(spec as LayerSpec, reading));
  if (kind === heldLayer && isSpec(value)) return read(value, name);
  if (kind !== heldLayers || !Array.isArray(value)) return value;
  return value.map((spec, i) => (isSpec(spec) ? read(spec, `${name}.${i}`) : spec));
}

function isSpec(value: unknown): boolean {
  return typeof value === "object" && value !== null && "kind" in value && !("apply" in value);
}

function find<M>(what: string, makers: Readonly<Record<string, M>>, kind: unknown): M {
  if (typeof kind !== "string") {
    throw new ArgumentError(`Expected the kind of a ${what}, received ${show(kind)}.`);
  }
  if (!Object.hasOwn(makers, kind)) throw unknownName(what, kind, Object.keys(makers));
  return makers[kind]!;
}
