// Small programs as straight lines keep the contract, to the bit of what they are otherwise.

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Graph } from "../../ir/graph.ts";
import { expectSameBits } from "../../ops/arrays.testing.ts";
import type { NdArray } from "../../ops/define.ts";
import { drawDirection } from "../../ops/samples.testing.ts";
import { randomGraphs } from "../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../transforms/vjp.ts";
import { conformance } from "../conformance.testing.ts";
import { createWasmEngine } from "./index.ts";
import type { WasmStorage } from "./memory/storage.ts";
import { tolerance } from "./rounded.testing.ts";
import type { WasmProgram } from "./run/program.ts";
import { runWithState } from "./state.testing.ts";
import { straightRuns } from "./straight/straight.ts";
import { straightEngine } from "./straight.testing.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 25);
const SEED = Number(process.env.FUZZ_SEED ?? 20261130);
const runs = { numRuns: RUNS, seed: SEED };

const plain = createWasmEngine({ threads: 1 });
const { memory } = plain.storage({ dtype: "int32", shape: [] }, Int32Array.of(0)) as WasmStorage;
const ways = [0, 1].map((which) => straightEngine(which as 0 | 1));
const compared = { programs: 0, straight: 0 };

conformance(ways[1]!.engine, { tolerance });

/** One compilation, run in its own way and then in both others. */
function compare(graph: Graph, inputs: readonly NdArray[]): void {
  const args = inputs.map(({ data }) => data);
  const program = plain.compile(graph) as WasmProgram;
  const results = (): NdArray[] => {
    const found = program.run(args);
    return graph.outputs.map(({ type }, i) => ({ ...type, data: found[i]! }));
  };
  const expected = results();
  const runs = straightRuns(program.compilation, memory);
  compared.programs += 1;
  compared.straight += runs.length / ways.length;
  for (const run of runs) {
    program.runBy(run);
    expectSameBits(results(), expected);
  }
}

describe.each(["float64", "float32"] as const)("random programs in %s", (dtype) => {
  const programs = randomGraphs({ dtype, moves: [4, 12] });

  test("forward", () => {
    fc.assert(
      fc.property(programs, ({ graph, inputs }) => compare(graph, inputs)),
      runs,
    );
  });

  test("gradient", () => {
    const check = fc.property(programs, ({ graph, inputs }) => {
      const gradient = vjpGraph(
        graph,
        graph.inputs.map(() => true),
      );
      const cotangents = graph.outputs.map(({ type }, i) => drawDirection(type, i + 7));
      compare(gradient, [...inputs, ...cotangents]);
    });
    fc.assert(check, runs);
  });

  test("state that is read and written in place, several times in one call", () => {
    const check = fc.property(programs, fc.nat(), ({ graph, inputs }, seed) => {
      const expected = runWithState(plain, graph, inputs, seed);
      for (const { engine } of ways) {
        expect(runWithState(engine, graph, inputs, seed)).toEqual(expected);
      }
    });
    fc.assert(check, runs);
  });
});

afterAll(() => {
  // What is seldom a straight line is not tested by all this.
  for (const count of [compared, ...ways.map((way) => way.count)])
    expect(count.straight).toBeGreaterThan(0.4 * count.programs);
});
