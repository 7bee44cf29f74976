// The layers, one a file.

export { activation } from "./activation.ts";
export { type DenseOptions, dense } from "./dense.ts";
export { type DropoutOptions, dropout } from "./dropout.ts";
export { flatten, inputLayer, reshapeLayer } from "./flatten.ts";
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
export { type MaxoutOptions, maxout } from "./maxout.ts";
export {
  addLayer,
  averageLayer,
  concatenateLayer,
  type Merge,
  multiplyLayer,
} from "./merge.ts";
export { type PreluOptions, prelu } from "./prelu.ts";
export { layerFromSpec, mergeFromSpec } from "./registry.ts";
export { rescaling } from "./rescaling.ts";
