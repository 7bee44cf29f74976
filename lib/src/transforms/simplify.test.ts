// The simplifier as a whole, on random programs: never a bit is changed, and nothing is left to do.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "../engines/reference/evaluate.ts";
import type { Graph } from "../ir/graph.ts";
import { expectSameBits } from "../ops/arrays.testing.ts";
import type { NdArray } from "../ops/define.ts";
import { compile } from "../runtime/compiled/compile.ts";
import { runGraph } from "../runtime/interpreter/apply.ts";
import { Tensor } from "../runtime/values/tensor.ts";
import { jvpGraph } from "./jvp.ts";
import { randomGraphs } from "./random-graph.testing.ts";
import { ARITHMETIC_RULES } from "./simplify/arithmetic.ts";
import { MOVEMENT_RULES } from "./simplify/movement.ts";
import { awkward, randomAlgebra } from "./simplify/random-algebra.testing.ts";
import { simplify } from "./simplify.ts";
import { vjpGraph } from "./vjp.ts";

/** More of them, with other seeds: npm run fuzz */
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 150);
const runs = { numRuns: RUNS, seed: Number(process.env["FUZZ_SEED"] ?? 20260303) };

const allOf = (graph: Graph) => graph.inputs.map(() => true);
const awkwardFor = (graph: Graph, from: number) =>
  graph.inputs.slice(from).map(({ type }, i) => awkward(type, i + 5));

function expectUnchanged(graph: Graph, inputs: readonly NdArray[]): void {
  const simple = simplify(graph);
  expectSameBits(evaluate(simple, inputs), evaluate(graph, inputs));
  expect(simplify(simple)).toBe(simple);
}

describe("not a bit changes", () => {
  test("in all element types, on awkward numbers", () => {
    fc.assert(
      fc.property(randomAlgebra(), ({ graph, inputs }) => expectUnchanged(graph, inputs)),
      runs,
    );
  });

  test.each(["float32", "float64"] as const)("in derivatives, in %s", (dtype) => {
    fc.assert(
      fc.property(randomAlgebra([dtype, "bool"]), ({ graph, inputs }) => {
        for (const derive of [jvpGraph, vjpGraph]) {
          const derived = derive(graph, allOf(graph));
          expectUnchanged(derived, [...inputs, ...awkwardFor(derived, inputs.length)]);
        }
      }),
      runs,
    );
  });

  test.each(["float32", "float64"] as const)("in %s programs of every op", (dtype) => {
    fc.assert(
      fc.property(randomGraphs({ dtype, moves: [6, 14] }), ({ graph }) => {
        const gradient = vjpGraph(graph, allOf(graph));
        expectUnchanged(graph, awkwardFor(graph, 0));
        expectUnchanged(gradient, awkwardFor(gradient, 0));
      }),
      runs,
    );
  });

  test("on the default engine: in one program = op by op", () => {
    const tensorOf = ({ data, ...type }: NdArray) => new Tensor({ type, known: data });
    const arrayOf = ({ type, data }: Tensor): NdArray => ({ ...type, data });
    fc.assert(
      fc.property(randomAlgebra(), ({ graph, inputs }) => {
        const tensors = inputs.map(tensorOf);
        const f = (xs: Tensor[]) => [...runGraph(graph, xs)];
        expectSameBits(compile(f)(tensors).map(arrayOf), f(tensors).map(arrayOf));
      }),
      { ...runs, numRuns: Math.ceil(RUNS / 5) },
    );
  });
});

test("the random programs are many-sided and give the simplifier much to do", () => {
  const ops = new Set<string>();
  let [before, after] = [0, 0];
  fc.assert(
    fc.property(randomAlgebra(), ({ graph }) => {
      for (const { op } of graph.nodes) ops.add(op);
      before += graph.nodes.length;
      after += simplify(graph).nodes.length;
    }),
    { ...runs, numRuns: 150 },
  );
  expect(after).toBeLessThan(0.7 * before);
  expect([...ops]).toEqual(
    expect.arrayContaining(Object.keys({ ...ARITHMETIC_RULES, ...MOVEMENT_RULES })),
  );
});
