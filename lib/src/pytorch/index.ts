// Weights of PyTorch programs: a state_dict in safetensors, in and out.

import "../train/whole.ts";
import "../tensor/methods.ts";

export {
  type FromStateDictOptions,
  fromStateDict,
  type ImportedStateDict,
} from "./from-state-dict.ts";
export type { FlattenOrder } from "./modules.ts";
export { readStateDict } from "./read.ts";
export { type StateDict, type ToStateDictOptions, toStateDict } from "./to-state-dict.ts";
