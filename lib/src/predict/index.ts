// Predicting alone: what a page needs to load a saved model and ask it. No training, no gradients, and no
// compiler; families of layers are fetched when a file names them. Where nothing else of the library is
// imported, the reference engine computes.

export * from "../checks/errors.ts";
export { setEngine } from "../runtime/interpreter/current.ts";
export { loadPredictor } from "./load.ts";
export type { PredictOptions, Predictor } from "./predictor.ts";
