// Models and how they are trained.

import "./whole.ts";
import "../runtime/interpreter/default-engine.ts";
import "../tensor/methods.ts";

export type { AverageSpec, ClipSpec } from "../spec/parts.ts";
export {
  type Architecture,
  parseRunSpec,
  type RunSpec,
  type RunSpecInput,
  readRunSpec,
} from "../spec/runspec.ts";
export type { PlainRows, Rows, RowsOf } from "./batches/rows.ts";
export { trainingRows } from "./batches/split.ts";
export * from "./callbacks/index.ts";
export {
  type Checkpoint,
  type CheckpointProgress,
  decodeCheckpoint,
  encodeCheckpoint,
} from "./files/checkpoint.ts";
export {
  loadWeights,
  type Restored,
  restoreCheckpoint,
  type WeightSource,
} from "./files/restore.ts";
export { loadModel, saveModel } from "./files/saved-model.ts";
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
} from "./folds/cross-validate.ts";
export { ensembleMean, ensembleVote } from "./folds/ensemble.ts";
export type { EvaluateOptions, Evaluation, JudgeOptions } from "./loop/evaluate.ts";
export type { FitOptions } from "./loop/fit.ts";
export { figureOf, type History, historyCsv } from "./loop/history.ts";
export type { CompileModelOptions } from "./model/compile-options.ts";
export { Model } from "./model/model.ts";
export { functionalModel, sequential } from "./model/sequential.ts";
export { SequentialModel } from "./model/sequential-model.ts";
export type { ModelOptions } from "./model-options.ts";
export type { Exchange, Summands } from "./ranks/exchange.ts";
export { type FindRateOptions, findRate, type RateRange } from "./rate/find-rate.ts";
export { recordArithmetic } from "./run/arithmetic.ts";
export { type Ends, fitData } from "./run/fit-data.ts";
export { loadModelOf } from "./run/load-model.ts";
export { DEFAULT_RUNS, PRESET_RUNS } from "./run/presets.ts";
export { callbacksOf, modelOf, networkOf, type RunOptions, trainRun } from "./run/run.ts";
export type { EvaluateSourceOptions, FitSourceOptions } from "./source/fit-source.ts";
export type { Batch, BatchIterable, BatchSource } from "./source/source.ts";
export type { ClassWeight } from "./weights/class-weights.ts";
export type { ExampleWeights, TrainingWeights } from "./weights/weights.ts";
