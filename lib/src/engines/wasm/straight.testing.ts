// An engine whose programs run as straight lines from the first time on, wherever that can be.

import type { Engine } from "../engine.ts";
import { createWasmEngine, type WasmOptions } from "./index.ts";
import type { WasmStorage } from "./memory/storage.ts";
import { WasmProgram } from "./run/program.ts";
import { straightRuns } from "./straight/straight.ts";

/** How many programs there were, and how many of them are straight lines. */
export interface StraightCount {
  programs: number;
  straight: number;
}

/** @param which 0 for numbers in the code, 1 for numbers that are read */
export function straightEngine(
  which: 0 | 1,
  options: WasmOptions = {},
): { readonly engine: Engine; readonly count: StraightCount } {
  const engine = createWasmEngine({ ...options, threads: 1 });
  const held = engine.storage({ dtype: "int32", shape: [] }, Int32Array.of(0)) as WasmStorage;
  const count = { programs: 0, straight: 0 };
  const compile: Engine["compile"] = (graph, wiring) => {
    const program = engine.compile(graph, wiring);
    if (!(program instanceof WasmProgram)) return program;
    const run = straightRuns(program.compilation, held.memory)[which];
    count.programs += 1;
    if (run) {
      count.straight += 1;
      program.runBy(run);
    }
    return program;
  };
  return { engine: { ...engine, compile }, count };
}
