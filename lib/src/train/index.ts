// Models and how they are trained.

import "../tensor/methods.ts";

export {
  type Architecture,
  parseRunSpec,
  type RunSpec,
  type RunSpecInput,
  readRunSpec,
} from "../spec/runspec.ts";
export * from "./callbacks/index.ts";
export {
  type Checkpoint,
  type CheckpointProgress,
  decodeCheckpoint,
  encodeCheckpoint,
} from "./checkpoint.ts";
export type { EvaluateOptions, Evaluation } from "./evaluate.ts";
export type { FitOptions } from "./fit.ts";
export { figureOf, type History, historyCsv } from "./history.ts";
export { type CompileModelOptions, Model, SequentialModel } from "./model.ts";
export type { ModelOptions } from "./model-options.ts";
export { loadWeights, type Restored, restoreCheckpoint, type WeightSource } from "./restore.ts";
export type { PlainRows, Rows, RowsOf } from "./rows.ts";
export { callbacksOf, modelOf, networkOf, type RunOptions, trainRun } from "./run.ts";
export { loadModel, saveModel } from "./saved-model.ts";
export { functionalModel, sequential } from "./sequential.ts";
export { trainingRows } from "./split.ts";
