// The layers, one a file.

export { type HopfieldLayerOptions, hopfield } from "./attention/hopfield.ts";
export {
  type MultiHeadAttentionOptions,
  multiHeadAttention,
} from "./attention/multi-head-attention.ts";
export { type TransformerBlockOptions, transformerBlock } from "./attention/transformer-block.ts";
export {
  type BidirectionalMerge,
  type BidirectionalOptions,
  bidirectional,
} from "./composite/bidirectional.ts";
export { block } from "./composite/block.ts";
export { type LambdaContext, type LambdaOptions, lambda } from "./composite/lambda.ts";
export { type ResidualOptions, residual } from "./composite/residual.ts";
export { timeDistributed } from "./composite/time-distributed.ts";
export {
  type Conv1dOptions,
  type Conv1dPadding,
  type Conv2dOptions,
  type Conv3dOptions,
  conv1d,
  conv2d,
  conv3d,
} from "./convolution/conv.ts";
export { type Conv2dTransposeOptions, conv2dTranspose } from "./convolution/conv-transpose.ts";
export {
  type DepthwiseConv1dOptions,
  type DepthwiseConv2dOptions,
  depthwiseConv1d,
  depthwiseConv2d,
} from "./convolution/depthwise-conv.ts";
export {
  type SeparableConv1dOptions,
  type SeparableConv2dOptions,
  separableConv1d,
  separableConv2d,
} from "./convolution/separable-conv.ts";
export type { VolumeSize, WindowPadding } from "./convolution/windows.ts";
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
export { type GatOptions, gat } from "./graph/gat.ts";
export { type GcnOptions, gcn } from "./graph/gcn.ts";
export { graphPool } from "./graph/graph-pool.ts";
export { type GraphSageOptions, graphSage } from "./graph/graph-sage.ts";
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
export { globalPool } from "./pooling/global-pool.ts";
export {
  avgPool1d,
  avgPool2d,
  avgPool3d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type Pool1dOptions,
  type Pool2dOptions,
  type Pool3dOptions,
} from "./pooling/pool.ts";
export {
  type CategoryEncodingOptions,
  categoryEncoding,
} from "./preprocessing/category-encoding.ts";
export {
  type DiscretizationOptions,
  discretization,
} from "./preprocessing/discretization.ts";
export type { Measured } from "./preprocessing/measured.ts";
export {
  type MeanAndVariance,
  type NormalizationLayerOptions,
  normalization,
} from "./preprocessing/normalization.ts";
export {
  type TableFeatures,
  type TableFeaturesOptions,
  tableFeatures,
} from "./preprocessing/table-features.ts";
export { type GruOptions, gru } from "./recurrent/gru.ts";
export { type LstmOptions, lstm } from "./recurrent/lstm.ts";
export type { RecurrentOptions } from "./recurrent/recurrent.ts";
export { simpleRnn } from "./recurrent/simple-rnn.ts";
export { layerFromSpec, mergeFromSpec } from "./registry.ts";
export { type ActivityPenaltyOptions, activityPenalty } from "./regularization/activity-penalty.ts";
export { type DropoutOptions, dropout } from "./regularization/dropout.ts";
export { alphaDropout, gaussianDropout, gaussianNoise } from "./regularization/noise.ts";
export {
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
} from "./regularization/spatial-dropout.ts";
export {
  type Border1d,
  type Border2d,
  type Border3d,
  cropping1d,
  cropping2d,
  cropping3d,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from "./reshaping/borders.ts";
export { flatten, inputLayer, reshapeLayer } from "./reshaping/flatten.ts";
export {
  pixelShuffle,
  type UpsamplingOptions,
  upsampling1d,
  upsampling2d,
  upsampling3d,
} from "./reshaping/upsampling.ts";
