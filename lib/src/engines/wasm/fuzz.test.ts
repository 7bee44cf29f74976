// Random programs on the Wasm engine and on the reference engine: forward and gradient.

import fc from "fast-check";
import { describe, test } from "vitest";
import type { Graph } from "../../ir/graph.ts";
import { expectClose } from "../../ops/arrays.testing.ts";
import type { NdArray } from "../../ops/define.ts";
import { drawDirection } from "../../ops/samples.testing.ts";
import { randomGraphs } from "../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../transforms/vjp.ts";
import { evaluate } from "../reference/evaluate.ts";
import { createWasmEngine } from "./wasm.ts";

/** Longer by hand: FUZZ_RUNS=10000 npx vitest run lib/src/engines/wasm/fuzz.test.ts */
const RUNS = Number(process.env.FUZZ_RUNS ?? 60);
const SEED = Number(process.env.FUZZ_SEED ?? 20260202);
const engine = createWasmEngine();

function compare(graph: Graph, inputs: readonly NdArray[], tolerance: number): void {
  const results = engine.compile(graph).run(inputs.map(({ data }) => data));
  const received = graph.outputs.map(({ type }, i) => ({ ...type, data: results[i]! }));
  expectClose(received, evaluate(graph, inputs), tolerance);
}

for (const [dtype, tolerance] of [
  ["float64", 0],
  ["float32", 2e-4],
] as const) {
  describe(dtype, () => {
    test("forward", () => {
      fc.assert(
        fc.property(randomGraphs({ dtype }), ({ graph, inputs }) => {
          compare(graph, inputs, tolerance);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    });

    test("gradient", () => {
      fc.assert(
        fc.property(randomGraphs({ dtype, moves: [6, 12] }), ({ graph, inputs }) => {
          const gradient = vjpGraph(
            graph,
            graph.inputs.map(() => true),
          );
          const cotangents = graph.outputs.map(({ type }, i) => drawDirection(type, i + 7));
          compare(gradient, [...inputs, ...cotangents], tolerance);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    });
  });
}
