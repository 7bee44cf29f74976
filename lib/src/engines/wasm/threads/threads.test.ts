// Several threads give the bits of one: over random programs, loops, failures and deaths.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DType } from "../../../ir/dtype.ts";
import { type Graph, makeGraph, Value } from "../../../ir/graph.ts";
import type { OpName } from "../../../ir/op-table.ts";
import { graphBuilder } from "../../../ops/builder.ts";
import type { NdArray } from "../../../ops/define.ts";
import { drawDirection } from "../../../ops/samples.testing.ts";
import { randomGraphs } from "../../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../../transforms/vjp.ts";
import { conformance } from "../../conformance.testing.ts";
import type { Engine, SyncEngine } from "../../engine.ts";
import { createWasmEngine } from "../wasm.ts";

const o = graphBuilder();
/** All that can be split is split. */
const leastWork = { kernel: 0, run: 0 };
const engines = [1, 2, 3, 4].map((threads) => createWasmEngine({ threads, leastWork }));

/** Compiles for an engine whose threads have the program before it runs. */
async function compiled(engine: SyncEngine, graph: Graph) {
  const program = engine.compile(graph);
  await engine.ready?.();
  return program;
}

async function expectSameBits(graph: Graph, inputs: readonly NdArray[], times = 1) {
  const args = inputs.map(({ data }) => data);
  const results = [];
  for (const engine of engines) {
    const program = await compiled(engine, graph);
    results.push(program.run(args, times));
  }
  for (const result of results.slice(1)) expect(result).toEqual(results[0]);
}

describe.each(["float32", "float64"] as const)("random programs in %s", (dtype) => {
  const options = { numRuns: Number(process.env["FUZZ_RUNS"] ?? 25), seed: 20260303 };

  test("forward", async () => {
    const property = fc.asyncProperty(randomGraphs({ dtype }), ({ graph, inputs }) =>
      expectSameBits(graph, inputs, 2),
    );
    await fc.assert(property, options);
  });

  test("gradient", async () => {
    const programs = randomGraphs({ dtype, moves: [6, 12] });
    const property = fc.asyncProperty(programs, ({ graph, inputs }) => {
      const gradient = vjpGraph(
        graph,
        graph.inputs.map(() => true),
      );
      const cotangents = graph.outputs.map(({ type }, i) => drawDirection(type, i + 7));
      return expectSameBits(gradient, [...inputs, ...cotangents]);
    });
    await fc.assert(property, options);
  });
});

describe("the contract, on two threads", () => {
  const engine = createWasmEngine({ threads: 2, leastWork });
  const ready: Engine = {
    ...engine,
    async compile(...args) {
      const program = engine.compile(...args);
      await engine.ready?.();
      return program;
    },
  };
  const tolerance = (_op: OpName, dtype: DType) => (dtype === "float32" ? 1e-6 : 0);
  const LATER = "has no kernel yet: the reference engine runs it";
  const skip = { conv: LATER, convGradInput: LATER, convGradKernel: LATER };
  conformance(ready, { tolerance, skip });
});
void o;
void makeGraph;
void Value;
