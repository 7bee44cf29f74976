// Neural networks: activations, losses, optimizers and the rest of what layers and training need.

import "./whole.ts";
import "../runtime/interpreter/default-engine.ts";
import "../tensor/methods.ts";

export type { Fn } from "../shapes/index.ts";
export type { NetworkSpec } from "../spec/parts.ts";
export * from "./activations/index.ts";
export * from "./initializers/index.ts";
export {
  type AttentionOptions,
  scaledDotProductAttention,
} from "./layers/attention/scaled-dot-product.ts";
export * from "./layers/index.ts";
export { adaptDiscretization } from "./layers/preprocessing/discretization.ts";
export { adaptNormalization } from "./layers/preprocessing/normalization.ts";
export { type LayerCall, type LayerReading, layerCall } from "./layers/registry.ts";
export * from "./losses/index.ts";
export * from "./memory/index.ts";
export * from "./metrics/index.ts";
export { network } from "./network/functional.ts";
export { loadNetwork } from "./network/load.ts";
export type { Network, NetworkContext } from "./network/network.ts";
export { networkLayer } from "./network/network-layer.ts";
export {
  type ConnectedPlace,
  connect,
  type InputOptions,
  input,
  type Place,
} from "./network/place.ts";
export * from "./optimizers/index.ts";
export * from "./regularizers/index.ts";
export * from "./schedules/index.ts";
export type { Config, NamedOptions, Option, Written } from "./spec.ts";
