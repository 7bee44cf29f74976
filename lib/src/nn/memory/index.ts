// Memories that are asked with part of what they hold.

export {
  type HopfieldMemory,
  type HopfieldOptions,
  hopfieldMemory,
  type Recall,
  type RecallOptions,
} from "./hopfield.ts";
export { type RetrieveOptions, retrievalEnergy, retrieve } from "./retrieve.ts";
