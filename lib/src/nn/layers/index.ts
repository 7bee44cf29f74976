// The layers, one a file.

export { activation } from "./activation.ts";
export {
  type Conv1dOptions,
  type Conv1dPadding,
  type Conv2dOptions,
  conv1d,
  conv2d,
} from "./conv.ts";
export { type Conv2dTransposeOptions, conv2dTranspose } from "./conv-transpose.ts";
export { type DenseOptions, dense } from "./dense.ts";
export { type DropoutOptions, dropout } from "./dropout.ts";
export { flatten, inputLayer, reshapeLayer } from "./flatten.ts";
export { type GruOptions, gru } from "./gru.ts";
export type {
  FloatDType,
  Layer,
  LayerContext,
  LayerOptions,
  LayerResult,
  LayerSpec,
  LayerVariables,
  Params,
} from "./layer.ts";
export { type LstmOptions, lstm } from "./lstm.ts";
export { type MaxoutOptions, maxout } from "./maxout.ts";
export {
  addLayer,
  averageLayer,
  concatenateLayer,
  type Merge,
  type MergeOptions,
  multiplyLayer,
} from "./merge.ts";
export { avgPool2d, globalPool, maxPool2d, type Pool2dOptions } from "./pool.ts";
export { type PreluOptions, prelu } from "./prelu.ts";
export type { RecurrentOptions } from "./recurrent.ts";
export { layerFromSpec, mergeFromSpec } from "./registry.ts";
export { type RescalingOptions, rescaling } from "./rescaling.ts";
export { simpleRnn } from "./simple-rnn.ts";
export type { WindowPadding } from "./windows.ts";
