// Engines: what runs graphs.

export { defaultEngine, ENGINE_NAMES, type EngineName, engineNamed } from "./choose.ts";
export type { Engine, Program, Slot, Stage, SyncEngine, SyncProgram, Wiring } from "./engine.ts";
export { evaluate } from "./reference/evaluate.ts";
export { referenceEngine } from "./reference/reference.ts";
export { hasRelaxedSimd, hasSimd } from "./wasm/features.ts";
export { createWasmEngine, type WasmOptions } from "./wasm/wasm.ts";
