// What tests of threads share.

import type { Graph } from "../../../ir/graph.ts";
import type { Engine, Program, Wiring } from "../../engine.ts";
import type { LeastWork } from "../index.ts";

/** All kernels that can be split are split, and every run is shared. */
export const SPLIT_ALL: LeastWork = { kernel: 0, byte: 0, run: 0 };

/** A program that all threads of its engine have. */
export async function compiled(engine: Engine, graph: Graph, wiring?: Wiring): Promise<Program> {
  const program = engine.compile(graph, wiring);
  await engine.ready?.();
  return program;
}
