// Small programs as straight lines keep the contract, to the bit of what they are otherwise.

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Graph } from "../../ir/graph.ts";
import type { NdArray } from "../../ops/define.ts";
import { drawDirection } from "../../ops/samples.testing.ts";
import { randomGraphs } from "../../transforms/random-graph.testing.ts";
import { vjpGraph } from "../../transforms/vjp.ts";
import { conformance } from "../conformance.testing.ts";
import { createWasmEngine } from "./index.ts";
import { tolerance } from "./rounded.testing.ts";
import { runWithState } from "./state.testing.ts";
import { straightEngine } from "./straight.testing.ts";

const RUNS = Number(process.env.FUZZ_RUNS ?? 25);
const SEED = Number(process.env.FUZZ_SEED ?? 20261130);
const runs = { numRuns: RUNS, seed: SEED };

const plain = createWasmEngine({ threads: 1 });
const ways = [0, 1].map((which) => straightEngine(which as 0 | 1));

conformance(ways[1]!.engine, { tolerance });

function compare(graph: Graph, inputs: readonly NdArray[]): void {
  const args = inputs.map(({ data }) => data);
  const expected = plain.compile(graph).run(args);
  for (const { engine } of ways) expect(engine.compile(graph).run(args)).toEqual(expected);
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
  for (const { count } of ways) expect(count.straight).toBeGreaterThan(0.4 * count.programs);
});
