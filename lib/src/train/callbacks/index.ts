// What happens between epochs: stopping, saving the best, changing the learning rate.

export { bestCheckpoint } from "./best-checkpoint.ts";
export type {
  Callback,
  EpochLogs,
  Snapshot,
  StepLogs,
  TrainingControl,
} from "./callback.ts";
export { csvHistory, toCsv } from "./csv-history.ts";
export { type EarlyStoppingOptions, earlyStopping } from "./early-stopping.ts";
export {
  divideByTen,
  type HalveLearningRateOptions,
  halveLearningRate,
  type PlateauOptions,
  reduceOnPlateau,
} from "./halve-learning-rate.ts";
export type { MonitorOptions } from "./watch.ts";
