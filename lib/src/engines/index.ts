// Engines: what runs graphs.

export type { Engine, Program, Slot, SyncEngine, SyncProgram, Wiring } from "./engine.ts";
export { evaluate } from "./reference/evaluate.ts";
export { referenceEngine } from "./reference/reference.ts";
