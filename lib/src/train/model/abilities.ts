// What a model can do beside what every training needs: whole trainings, batches as they come, tables of itself.

export { fitModel } from "../loop/fit.ts";
export { predictOne, testOnBatch, trainOnBatch } from "../loop/one-batch.ts";
export { evaluateSource, fitSource } from "../source/fit-source.ts";
export { weightsOfExamples } from "../weights/read.ts";
export { summarize } from "./summary.ts";
