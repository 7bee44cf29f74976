// Models as files of Keras, and files of Keras and TF.js as models.

import "../train/whole.ts";
import "../runtime/interpreter/default-engine.ts";
import "../tensor/methods.ts";

export { exportKeras, type KerasExportOptions } from "./export.ts";
export type { ReadShard } from "./files/tfjs.ts";
export { importKeras, type KerasImportOptions, type KerasModel } from "./import.ts";
export type { KerasTraining, KerasTrainingSpec } from "./model/training.ts";
