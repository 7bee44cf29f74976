// The Wasm engine: compiles whole graphs to one module each, all in one memory.

import { NeuriteError } from "../../ir/errors.ts";
import type { Graph } from "../../ir/graph.ts";
import type { SyncEngine, Wiring } from "../engine.ts";
import { compileGraph } from "./compile.ts";
import { fallbackProgram } from "./fallback.ts";
import { hasSimd, targetOf } from "./features.ts";
import type { Target } from "./kernel.ts";
import { EngineMemory } from "./memory.ts";
import { WasmProgram } from "./program.ts";
import { WasmSlot } from "./slot.ts";
import { unsupported } from "./supports.ts";

export interface WasmOptions {
  /** The same bits on every machine: multiplications and additions round separately. */
  readonly deterministic?: boolean;
}

/**
 * A new engine with a memory of its own; variables of one engine are unknown to others.
 * @throws NeuriteError where the runtime's WebAssembly has no 128-bit vectors
 */
export function createWasmEngine({ deterministic = false }: WasmOptions = {}): SyncEngine {
  if (!hasSimd()) throw new NeuriteError("wasm: this runtime has no WebAssembly SIMD");
  // Found out when first needed, so that a program can set flags of its runtime before that.
  let target: Target | null = null;
  const memory = new EngineMemory(new WebAssembly.Memory({ initial: 1 }));
  return {
    name: "wasm",
    supports: (graph) => unsupported(graph) ?? true,
    slot: (type, data) => new WasmSlot(memory, type, data),
    compile: (graph: Graph, wiring: Wiring = { reads: [], writes: [] }) => {
      const reason = unsupported(graph);
      if (reason) return fallbackProgram(graph, wiring);
      target ??= targetOf(deterministic);
      return new WasmProgram(compileGraph(graph, wiring, target, memory), memory);
    },
  };
}
