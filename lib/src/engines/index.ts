// Engines: what runs graphs.

import "./whole.ts";

export {
  defaultEngine,
  ENGINE_NAMES,
  type EngineName,
  type EngineOptions,
  engineNamed,
} from "./choose.ts";
export type { Engine, Program, Stage, Storage, Usage, Wiring } from "./engine.ts";
export { evaluate } from "./reference/evaluate.ts";
export { referenceEngine } from "./reference/reference.ts";
export { hasRelaxedSimd, hasSimd } from "./wasm/compiler/features.ts";
export { createWasmEngine, type WasmOptions } from "./wasm/index.ts";
export { MOST_THREADS } from "./wasm/memory/control.ts";
export type { ThreadCount } from "./wasm/run/count.ts";
