// Models and how they are trained.

import "../tensor/methods.ts";

export * from "./callbacks/index.ts";
export {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreCheckpoint,
} from "./checkpoint.ts";
export type { Evaluation } from "./evaluate.ts";
export type { Rows, RowsOf } from "./examples.ts";
export type { FitOptions } from "./fit.ts";
export { figureOf, type History, historyCsv } from "./history.ts";
export { type CompileModelOptions, Model, SequentialModel } from "./model.ts";
export type { ModelOptions } from "./model-options.ts";
export { callbacksOf, modelOf, networkOf, type RunOptions, trainRun } from "./run.ts";
export { parseRunSpec, type RunSpec, type RunSpecInput, readRunSpec } from "./runspec.ts";
export { functionalModel, sequential } from "./sequential.ts";
