// What tests of threads share.

import type { Graph } from "../../../ir/graph.ts";
import type { SyncEngine, SyncProgram, Wiring } from "../../engine.ts";
import type { LeastWork } from "../wasm.ts";

/** All kernels that can be split are split, and every run is shared. */
export const SPLIT_ALL: LeastWork = { kernel: 0, byte: 0, run: 0 };

/** A program that all threads of its engine have. */
export async function compiled(
  engine: SyncEngine,
  graph: Graph,
  wiring?: Wiring,
): Promise<SyncProgram> {
  const program = engine.compile(graph, wiring);
  await engine.ready?.();
  return program;
}
