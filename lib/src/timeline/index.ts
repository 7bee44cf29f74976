// Training alone, step by step: what a page needs to train what a specification names, walk along it and look
// at it. What a specification may name but does not, and methods of tensors, are fetched by nobody.

import "../runtime/interpreter/first-engine.ts";

export * from "../checks/errors.ts";
export { loadData, type NamedDataset } from "../data/registry.ts";
export { activationsOf } from "../inspect/model/activations.ts";
export { type ClassReport, classReport } from "../inspect/model/class-report.ts";
export { type PlaneWindow, windowOf } from "../inspect/model/decision-surface.ts";
export { type EvaluatedPredictions, evaluationOf } from "../inspect/model/evaluation.ts";
export { type Predictions, predictionsOf } from "../inspect/model/predictions.ts";
export { loadTimeline } from "../inspect/record/load-timeline.ts";
export type { Timeline, TimelineLogs, TimelineOptions } from "../inspect/record/timeline.ts";
export { loadNetwork } from "../nn/network/load.ts";
export { setEngine } from "../runtime/interpreter/current.ts";
export type { Tensor } from "../runtime/values/tensor.ts";
export { fromData } from "../tensor/create.ts";
export { type Ends, fitData } from "../train/run/fit-data.ts";
export { fetchRun } from "../train/run/load-model.ts";
