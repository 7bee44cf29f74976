// Neural networks: activations, losses, optimizers and the rest of what layers and training need.

export * from "./activations/index.ts";
export * from "./initializers/index.ts";
export * from "./losses/index.ts";
export * from "./metrics/index.ts";
export * from "./optimizers/index.ts";
export * from "./perceptron.ts";
export * from "./regularizers/index.ts";
export * from "./schedules/index.ts";
export type { Config, Option, Spec } from "./spec.ts";
