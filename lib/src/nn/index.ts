// Neural networks: activations, losses, optimizers and the rest of what layers and training need.

import "../tensor/methods.ts";

export type { Fn } from "../ir/shape-types/index.ts";
export * from "./activations/index.ts";
export { connect, input, network, type Place } from "./functional.ts";
export * from "./initializers/index.ts";
export * from "./layers/index.ts";
export * from "./losses/index.ts";
export * from "./metrics/index.ts";
export type { Network, NetworkSpec } from "./network.ts";
export * from "./optimizers/index.ts";
export * from "./perceptron.ts";
export * from "./regularizers/index.ts";
export * from "./schedules/index.ts";
export type { Config, Option, Spec } from "./spec.ts";
