// The layers, one a file.

export {
  type MultiHeadAttentionOptions,
  multiHeadAttention,
} from "./attention/multi-head-attention.ts";
export { type TransformerBlockOptions, transformerBlock } from "./attention/transformer-block.ts";
export {
  type Conv1dOptions,
  type Conv1dPadding,
  type Conv2dOptions,
  conv1d,
  conv2d,
} from "./convolution/conv.ts";
export { type Conv2dTransposeOptions, conv2dTranspose } from "./convolution/conv-transpose.ts";
export type { WindowPadding } from "./convolution/windows.ts";
export { activation } from "./core/activation.ts";
export { type DenseOptions, dense } from "./core/dense.ts";
export { type MaxoutOptions, maxout } from "./core/maxout.ts";
export { type PreluOptions, prelu } from "./core/prelu.ts";
export { type RescalingOptions, rescaling } from "./core/rescaling.ts";
export { type EmbeddingOptions, embedding } from "./embedding/embedding.ts";
export {
  type PositionEmbeddingOptions,
  positionalEncoding,
  positionEmbedding,
} from "./embedding/positions.ts";
export type {
  FloatDType,
  Layer,
  LayerContext,
  LayerOptions,
  LayerResult,
  LayerSpec,
  LayerVariables,
  Params,
  Watch,
} from "./layer.ts";
export {
  addLayer,
  averageLayer,
  concatenateLayer,
  type Merge,
  type MergeOptions,
  multiplyLayer,
} from "./merging/merge.ts";
export {
  type BatchNormalizationOptions,
  batchNormalization,
} from "./normalization/batch-normalization.ts";
export { groupNormalization } from "./normalization/group-normalization.ts";
export {
  layerNormalization,
  type RmsNormalizationOptions,
  rmsNormalization,
} from "./normalization/layer-normalization.ts";
export type { NormalizationOptions } from "./normalization/normalize.ts";
export { avgPool2d, globalPool, maxPool2d, type Pool2dOptions } from "./pooling/pool.ts";
export { type GruOptions, gru } from "./recurrent/gru.ts";
export { type LstmOptions, lstm } from "./recurrent/lstm.ts";
export type { RecurrentOptions } from "./recurrent/recurrent.ts";
export { simpleRnn } from "./recurrent/simple-rnn.ts";
export { layerFromSpec, mergeFromSpec } from "./registry.ts";
export { type DropoutOptions, dropout } from "./regularization/dropout.ts";
export { flatten, inputLayer, reshapeLayer } from "./reshaping/flatten.ts";
