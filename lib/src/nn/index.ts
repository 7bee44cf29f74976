// Neural networks: activations, losses, optimizers and the rest of what layers and training need.

import "../tensor/methods.ts";

export type { Fn } from "../ir/shape-types/index.ts";
export type { NetworkSpec } from "../spec/parts.ts";
export * from "./activations/index.ts";
export { network } from "./functional.ts";
export * from "./initializers/index.ts";
export * from "./layers/index.ts";
export { type LayerCall, layerCall } from "./layers/registry.ts";
export * from "./losses/index.ts";
export * from "./metrics/index.ts";
export type { Network } from "./network.ts";
export * from "./optimizers/index.ts";
export * from "./perceptron.ts";
export { type ConnectedPlace, connect, type InputOptions, input, type Place } from "./place.ts";
export * from "./regularizers/index.ts";
export * from "./schedules/index.ts";
export type { Config, NamedOptions, Option, Written } from "./spec.ts";
