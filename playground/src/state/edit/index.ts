// Settings, changed as the controls change them: pure functions from settings to settings.

export {
  type Conflict,
  type ConflictCode,
  type ConflictData,
  type ConflictPlace,
  conflictsOf,
} from "./conflicts.ts";
export {
  ACTIVATIONS,
  activationOf,
  type HiddenLayer,
  INITIALIZERS,
  initializerOf,
  MOST_LAYERS,
  MOST_UNITS,
  nameOf,
  type Stack,
  stackOf,
  withDropout,
  withInitializer,
  withLayer,
  withLayerAdded,
  withLayerRemoved,
  withOutput,
} from "./layers.ts";
export { PRESET_GROUPS } from "./presets.ts";
export {
  classesOf,
  fitted,
  LOSSES,
  namesOf,
  SETS,
  type Task,
  taskOf,
  withData,
  withLoss,
  withOutputs,
} from "./task.ts";
export {
  CONVENTIONS,
  OPTIMIZERS,
  optionsOf,
  rateOf,
  SCHEDULES,
  withOptimizer,
  withRate,
  withRegularizer,
  withSchedule,
} from "./training.ts";
