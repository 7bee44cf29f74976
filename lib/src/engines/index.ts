// Engines: what runs graphs.

export {
  defaultEngine,
  ENGINE_NAMES,
  type EngineName,
  type EngineOptions,
  engineNamed,
} from "./choose.ts";
export type { Engine, Program, Slot, Stage, Usage, Wiring } from "./engine.ts";
export { evaluate } from "./reference/evaluate.ts";
export { referenceEngine } from "./reference/reference.ts";
export { hasRelaxedSimd, hasSimd } from "./wasm/features.ts";
export { MOST_THREADS } from "./wasm/threads/control.ts";
export type { ThreadCount } from "./wasm/threads/count.ts";
export { createWasmEngine, type WasmOptions } from "./wasm/wasm.ts";
